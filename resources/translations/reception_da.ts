<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="da">
<context>
    <name>Absence</name>
    <message>
        <source>until 14.30, tomorrow 8-12, week 30</source>
        <translation>til 14.30, i morgen 8-12, uge 30</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Hvornår</translation>
    </message>
    <message>
        <source>Presence profile</source>
        <translation>Tilstedeværelsesprofil</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Årsag</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Opkald</translation>
    </message>
    <message>
        <source>Divert to</source>
        <translation>Viderestil til</translation>
    </message>
    <message>
        <source>number or name</source>
        <translation>nummer eller navn</translation>
    </message>
    <message>
        <source>Subject (colleagues see it)</source>
        <translation>Emne (ses af kolleger)</translation>
    </message>
    <message>
        <source>Message for receptionists only</source>
        <translation>Besked kun til receptionen</translation>
    </message>
    <message>
        <source>May be disturbed if it is urgent</source>
        <translation>Må forstyrres hvis det haster</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Fortryd</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Slet</translation>
    </message>
    <message>
        <source>Can be undone for 60 seconds</source>
        <translation>Kan fortrydes i 60 sekunder</translation>
    </message>
    <message>
        <source>Absence of {name}</source>
        <translation>Fravær for {name}</translation>
    </message>
    <message>
        <source>Change: {name}</source>
        <translation>Ret: {name}</translation>
    </message>
    <message>
        <source>Divert</source>
        <translation>Viderestil</translation>
    </message>
    <message>
        <source>None: as below</source>
        <translation>Ingen: som nedenfor</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Fraværende</translation>
    </message>
    <message>
        <source>To voicemail</source>
        <translation>Til telefonsvarer</translation>
    </message>
    <message>
        <source>Keep the phone open</source>
        <translation>Hold telefonen åben</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Lad være som den er</translation>
    </message>
    <message>
        <source>Divert to …</source>
        <translation>Viderestil til …</translation>
    </message>
    <message>
        <source>When? For example: {example}</source>
        <translation>Hvornår? For eksempel: {example}</translation>
    </message>
    <message>
        <source>Divert to whom? A number, or the name of a colleague.</source>
        <translation>Viderestil til hvem? Et nummer eller en kollegas navn.</translation>
    </message>
    <message>
        <source>seen as {reason} ({origin})</source>
        <translation>ses som {reason} ({origin})</translation>
    </message>
    <message>
        <source>calls go to {who}</source>
        <translation>opkald går til {who}</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>i dag kl. {time}</translation>
    </message>
    <message>
        <source>{name} {minutes} min</source>
        <translation>{name} {minutes} min</translation>
    </message>
    <message>
        <source>The entry is deleted; the calendar is unchanged.</source>
        <translation>Aktiviteten er slettet; kalenderen er uændret.</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message>
        <source>Transfer</source>
        <translation>Stil om</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Sæt sammen</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Besvar</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Fortryd</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Vent</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Parker</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>No call in hand</source>
        <translation>Ingen samtale</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Ikke forbundet</translation>
    </message>
    <message>
        <source>Who is waiting is not known yet</source>
        <translation>Hvem der venter, vides ikke endnu</translation>
    </message>
    <message>
        <source>Last known; the connection is down</source>
        <translation>Sidst kendt; forbindelsen er nede</translation>
    </message>
    <message>
        <source>Rings at your phone</source>
        <translation>Ringer på din telefon</translation>
    </message>
    <message>
        <source>Wants to be called back</source>
        <translation>Ønsker at blive ringet op</translation>
    </message>
    <message>
        <source>Waits for an answer</source>
        <translation>Venter på svar</translation>
    </message>
    <message>
        <source>Last spoke with {who} · {time}</source>
        <translation>Talte sidst med {who} · {time}</translation>
    </message>
    <message>
        <source>Nobody is waiting</source>
        <translation>Ingen venter</translation>
    </message>
    <message>
        <source>You are ready for calls</source>
        <translation>Du er klar til opkald</translation>
    </message>
    <message>
        <source>You are on a break · F12 makes you ready</source>
        <translation>Du holder pause · F12 gør dig klar</translation>
    </message>
    <message>
        <source>You are logged out · F12 logs you in</source>
        <translation>Du er logget af · F12 logger på</translation>
    </message>
    <message>
        <source>Last known call</source>
        <translation>Sidst kendte samtale</translation>
    </message>
    <message>
        <source>Call in hand</source>
        <translation>Aktiv samtale</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Opkald</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>I kø</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>På hold</translation>
    </message>
    <message>
        <source>Waiting at a colleague</source>
        <translation>Venter hos kollega</translation>
    </message>
    <message>
        <source>answering …</source>
        <translation>besvarer …</translation>
    </message>
    <message>
        <source>putting on hold …</source>
        <translation>sætter på hold …</translation>
    </message>
    <message>
        <source>fetching …</source>
        <translation>henter …</translation>
    </message>
    <message>
        <source>transferring …</source>
        <translation>stiller om …</translation>
    </message>
    <message>
        <source>calling the colleague …</source>
        <translation>ringer til kollegaen …</translation>
    </message>
    <message>
        <source>swapping …</source>
        <translation>makler …</translation>
    </message>
    <message>
        <source>connecting the two …</source>
        <translation>sætter de to sammen …</translation>
    </message>
    <message>
        <source>joining all three …</source>
        <translation>samler alle tre …</translation>
    </message>
    <message>
        <source>back to the caller …</source>
        <translation>tilbage til opkalderen …</translation>
    </message>
    <message>
        <source>sending to voicemail …</source>
        <translation>sender til telefonsvarer …</translation>
    </message>
    <message>
        <source>parking …</source>
        <translation>parkerer …</translation>
    </message>
    <message>
        <source>placing at the colleague …</source>
        <translation>stiller i kø hos kollegaen …</translation>
    </message>
    <message>
        <source>hanging up …</source>
        <translation>lægger på …</translation>
    </message>
    <message>
        <source>sending tones …</source>
        <translation>sender toner …</translation>
    </message>
    <message>
        <source>removing …</source>
        <translation>fjerner …</translation>
    </message>
    <message>
        <source>Calling your phone …</source>
        <translation>Kalder din telefon …</translation>
    </message>
    <message>
        <source>Talking with the caller; {target} waits</source>
        <translation>Du taler med opkalderen; {target} venter</translation>
    </message>
    <message>
        <source>Talking with {target}; the caller waits</source>
        <translation>Du taler med {target}; opkalderen venter</translation>
    </message>
    <message>
        <source>Conference with {target}</source>
        <translation>Konference med {target}</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>udgående</translation>
    </message>
    <message>
        <source>via {group}</source>
        <translation>via {group}</translation>
    </message>
    <message>
        <source>diverted by {who}</source>
        <translation>viderestillet af {who}</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>{target} is being called; the caller waits</source>
        <translation>{target} kaldes; opkalderen venter</translation>
    </message>
    <message>
        <source>Ringing at {target}; the caller waits</source>
        <translation>Ringer hos {target}; opkalderen venter</translation>
    </message>
    <message>
        <source>Being called back …</source>
        <translation>Ringes tilbage til …</translation>
    </message>
    <message>
        <source>Being called …</source>
        <translation>Kaldes …</translation>
    </message>
    <message>
        <source>On hold by your phone's own key</source>
        <translation>Sat på hold på selve telefonen</translation>
    </message>
    <message>
        <source>In conversation</source>
        <translation>I samtale</translation>
    </message>
    <message>
        <source>back: {why}</source>
        <translation>retur: {why}</translation>
    </message>
    <message>
        <source>by {who}</source>
        <translation>af {who}</translation>
    </message>
    <message>
        <source>camp-on → {target}</source>
        <translation>camp-on → {target}</translation>
    </message>
    <message>
        <source>{words} (talking)</source>
        <translation>{words} (taler)</translation>
    </message>
    <message>
        <source>rings at {target}</source>
        <translation>ringer hos {target}</translation>
    </message>
    <message>
        <source>parked · slot {slot}</source>
        <translation>parkeret · plads {slot}</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>Tilbagekald</translation>
    </message>
    <message>
        <source>{callback} · tries: {tries}</source>
        <translation>{callback} · forsøg: {tries}</translation>
    </message>
    <message>
        <source>{group} · rings at your phone</source>
        <translation>{group} · ringer hos dig</translation>
    </message>
    <message>
        <source>number {position} in the queue</source>
        <translation>nummer {position} i køen</translation>
    </message>
    <message>
        <source>for {time}</source>
        <translation>i {time}</translation>
    </message>
    <message>
        <source>longer than it should</source>
        <translation>længere end den bør</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Skjult nummer</translation>
    </message>
</context>
<context>
    <name>Cap</name>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Nobody selected</source>
        <translation>Ingen valgt</translation>
    </message>
    <message>
        <source>Type a name, a department or a number.</source>
        <translation>Skriv et navn, en afdeling eller et nummer.</translation>
    </message>
    <message>
        <source>Card of {name}</source>
        <translation>Kort for {name}</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Kort</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Oplysninger</translation>
    </message>
    <message>
        <source>Stand-ins</source>
        <translation>Alternativer</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Uge</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dag</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Vist tid</translation>
    </message>
    <message>
        <source>now</source>
        <translation>nu</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>I dag</translation>
    </message>
    <message>
        <source>Seven days</source>
        <translation>Syv dage</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>og {count} til</translation>
    </message>
    <message>
        <source>Free until {time}</source>
        <translation>Ledig til {time}</translation>
    </message>
    <message>
        <source>No end is known</source>
        <translation>Intet sluttidspunkt</translation>
    </message>
    <message>
        <source>Back {time}</source>
        <translation>Tilbage {time}</translation>
    </message>
    <message>
        <source>{back} — then free until {time}</source>
        <translation>{back} — derefter ledig til {time}</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>kl. {time}</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Fraværende</translation>
    </message>
    <message>
        <source>off now</source>
        <translation>slået fra nu</translation>
    </message>
    <message>
        <source>the phone is kept open</source>
        <translation>telefonen holdes åben</translation>
    </message>
    <message>
        <source>to voicemail</source>
        <translation>til telefonsvarer</translation>
    </message>
    <message>
        <source>diverted</source>
        <translation>viderestillet</translation>
    </message>
    <message>
        <source>diverted to {who}</source>
        <translation>viderestil til {who}</translation>
    </message>
    <message>
        <source>Teams: {word}</source>
        <translation>Teams: {word}</translation>
    </message>
    <message>
        <source>For the caller</source>
        <translation>Til opkalderen</translation>
    </message>
    <message>
        <source>Set absence</source>
        <translation>Sæt fravær</translation>
    </message>
    <message>
        <source>Other …</source>
        <translation>Andet …</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leder</translation>
    </message>
</context>
<context>
    <name>Contact</name>
    <message>
        <source>Favourite contact</source>
        <translation>Foretrukken kontakt</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>VIP contact</source>
        <translation>VIP-kontakt</translation>
    </message>
    <message>
        <source>Blocked contact</source>
        <translation>Blokeret kontakt</translation>
    </message>
    <message>
        <source>Cannot call the reception</source>
        <translation>Kan ikke ringe til receptionen</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>foretrukken</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>today</source>
        <translation>i dag</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>i morgen</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>i går</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>til {time}</translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation>fra {time}</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>hele dagen</translation>
    </message>
    <message>
        <source>Today: {answered} answered · {lost} lost · {wait} mean wait</source>
        <translation>I dag: {answered} besvaret · {lost} mistet · {wait} gns. svartid</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>A report without callers' data lies here and was sent to nobody: {path}</source>
        <translation>En rapport uden opkalderes data ligger her og er ikke sendt til nogen: {path}</translation>
    </message>
    <message>
        <source>Something went wrong in the program the last time.</source>
        <translation>Noget gik galt i programmet sidste gang.</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>absent</source>
        <translation>fraværende</translation>
    </message>
    <message>
        <source>the phone is kept open</source>
        <translation>telefonen holdes åben</translation>
    </message>
    <message>
        <source>free</source>
        <translation>ledig</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>In Teams: “{note}”</source>
        <translation>I Teams: “{note}”</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Indtastet</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>{source}: {word} since {time}</source>
        <translation>{source}: {word} siden {time}</translation>
    </message>
</context>
<context>
    <name>Failed</name>
    <message>
        <source>Not answered.</source>
        <translation>Ikke besvaret.</translation>
    </message>
    <message>
        <source>Not put on hold.</source>
        <translation>Ikke sat på hold.</translation>
    </message>
    <message>
        <source>Not fetched from hold.</source>
        <translation>Ikke hentet fra hold.</translation>
    </message>
    <message>
        <source>Not transferred.</source>
        <translation>Ikke stillet om.</translation>
    </message>
    <message>
        <source>The colleague was not called.</source>
        <translation>Kollegaen blev ikke ringet op.</translation>
    </message>
    <message>
        <source>Not swapped.</source>
        <translation>Der blev ikke maklet.</translation>
    </message>
    <message>
        <source>The two were not connected.</source>
        <translation>De to blev ikke sat sammen.</translation>
    </message>
    <message>
        <source>No conference.</source>
        <translation>Ingen konference.</translation>
    </message>
    <message>
        <source>The consultation goes on.</source>
        <translation>Forespørgslen fortsætter.</translation>
    </message>
    <message>
        <source>Not sent to voicemail.</source>
        <translation>Ikke sendt til telefonsvarer.</translation>
    </message>
    <message>
        <source>Not parked.</source>
        <translation>Ikke parkeret.</translation>
    </message>
    <message>
        <source>No camp-on.</source>
        <translation>Ingen camp-on.</translation>
    </message>
    <message>
        <source>Not fetched.</source>
        <translation>Ikke hentet.</translation>
    </message>
    <message>
        <source>Not hung up.</source>
        <translation>Der blev ikke lagt på.</translation>
    </message>
    <message>
        <source>The tones were not sent.</source>
        <translation>Tonerne blev ikke sendt.</translation>
    </message>
    <message>
        <source>Not called.</source>
        <translation>Ikke ringet op.</translation>
    </message>
    <message>
        <source>The callback was not removed.</source>
        <translation>Tilbagekaldet blev ikke fjernet.</translation>
    </message>
    <message>
        <source>Your own state is unchanged.</source>
        <translation>Din egen status er uændret.</translation>
    </message>
    <message>
        <source>Not entered.</source>
        <translation>Ikke indtastet.</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Ikke sendt.</translation>
    </message>
    <message>
        <source>Not deleted.</source>
        <translation>Ikke slettet.</translation>
    </message>
    <message>
        <source>Not undone.</source>
        <translation>Ikke fortrudt.</translation>
    </message>
    <message>
        <source>Your groups are unchanged.</source>
        <translation>Dine grupper er uændrede.</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>Connection</source>
        <translation>Forbindelse</translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation>Sikker forbindelse</translation>
    </message>
    <message>
        <source>A mailbox</source>
        <translation>En postkasse</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Ur</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Indstillinger</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Liste over konti</translation>
    </message>
    <message>
        <source>People with telephone numbers</source>
        <translation>Personer med telefonnumre</translation>
    </message>
    <message>
        <source>Microsoft's page for signing in</source>
        <translation>Microsofts side til login</translation>
    </message>
    <message>
        <source>Microsoft's keys</source>
        <translation>Microsofts nøgler</translation>
    </message>
    <message>
        <source>The app and its proof</source>
        <translation>Appen og dens bevis</translation>
    </message>
    <message>
        <source>Redirect URI to register at Microsoft, platform Web</source>
        <translation>Redirect URI, der skal registreres hos Microsoft, platform Web</translation>
    </message>
    <message>
        <source>Permission {what}</source>
        <translation>Tilladelsen {what}</translation>
    </message>
    <message>
        <source>Presence of {what}</source>
        <translation>Tilstedeværelse for {what}</translation>
    </message>
    <message>
        <source>Mailbox {what}</source>
        <translation>Postkassen {what}</translation>
    </message>
    <message>
        <source>Calendar of {what}</source>
        <translation>Kalender for {what}</translation>
    </message>
    <message>
        <source>Free and busy times of {what}</source>
        <translation>Ledige og optagne tider for {what}</translation>
    </message>
    <message>
        <source>Notifications of {what}</source>
        <translation>Meddelelser om {what}</translation>
    </message>
    <message>
        <source>Automatic replies of {what}</source>
        <translation>Automatiske svar for {what}</translation>
    </message>
    <message>
        <source>Mailbox settings of {what}</source>
        <translation>Postkasseindstillinger for {what}</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>My groups</source>
        <translation>Mine grupper</translation>
    </message>
    <message>
        <source>Press the number to log in or out, Esc to close.</source>
        <translation>Tryk på nummeret for at logge på eller af, Esc lukker.</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>logget på</translation>
    </message>
    <message>
        <source>logged out</source>
        <translation>logget af</translation>
    </message>
    <message>
        <source>offers you no calls now: your presence</source>
        <translation>giver dig ingen opkald nu: din tilstedeværelse</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Take a call</source>
        <translation>Tag et opkald</translation>
    </message>
    <message>
        <source>Free: answer the marked or the oldest call</source>
        <translation>Ledig: besvar det markerede eller ældste opkald</translation>
    </message>
    <message>
        <source>Free: call the colleague, or the number typed</source>
        <translation>Ledig: ring til kollegaen eller det tastede nummer</translation>
    </message>
    <message>
        <source>Answer the next call; the present one goes on hold</source>
        <translation>Besvar næste opkald; det nuværende sættes på hold</translation>
    </message>
    <message>
        <source>Fetch this call of the list, wherever it waits</source>
        <translation>Hent dette opkald på listen, hvor det end venter</translation>
    </message>
    <message>
        <source>Mark a call in the list; Ctrl 0 fetches it</source>
        <translation>Markér et opkald på listen; Ctrl 0 henter det</translation>
    </message>
    <message>
        <source>Hold, and fetch again; grab back a transfer that rings</source>
        <translation>Sæt på hold og hent igen; tag en omstilling tilbage</translation>
    </message>
    <message>
        <source>Park the call; free: fetch a parked one</source>
        <translation>Parker opkaldet; ledig: hent et parkeret</translation>
    </message>
    <message>
        <source>Remove the marked callback</source>
        <translation>Fjern det markerede tilbagekald</translation>
    </message>
    <message>
        <source>Pass it on</source>
        <translation>Stil om</translation>
    </message>
    <message>
        <source>Transfer to the selection, or to the number typed</source>
        <translation>Stil om til den valgte eller det tastede nummer</translation>
    </message>
    <message>
        <source>Talk with the colleague first; again: connect the two</source>
        <translation>Tal først med kollegaen; igen: sæt de to sammen</translation>
    </message>
    <message>
        <source>Give the consultation up; in a call: hang up</source>
        <translation>Fortryd forespørgslen; i samtale: læg på</translation>
    </message>
    <message>
        <source>Swap between caller and colleague, or between two calls</source>
        <translation>Makl mellem opkalder og kollega eller to opkald</translation>
    </message>
    <message>
        <source>In a consultation: all three talk</source>
        <translation>I en forespørgsel: alle tre taler</translation>
    </message>
    <message>
        <source>Select the colleague's manager</source>
        <translation>Vælg kollegaens leder</translation>
    </message>
    <message>
        <source>Show the day, or the week</source>
        <translation>Vis dagen eller ugen</translation>
    </message>
    <message>
        <source>Only those who are free; again: all</source>
        <translation>Kun dem, der er ledige; igen: alle</translation>
    </message>
    <message>
        <source>Everybody's time side by side; Alt ← → other days</source>
        <translation>Alles tid ved siden af hinanden; Alt ← → andre dage</translation>
    </message>
    <message>
        <source>Set an absence (⇧F11 always): one key, or words</source>
        <translation>Sæt fravær (⇧F11 altid): én tast, eller ord</translation>
    </message>
    <message>
        <source>Change or delete an entry; again: the next one</source>
        <translation>Ret eller slet en aktivitet; igen: den næste</translation>
    </message>
    <message>
        <source>Take an absence back, for a minute</source>
        <translation>Fortryd et fravær, i et minut</translation>
    </message>
    <message>
        <source>The words for the caller in another language</source>
        <translation>Ordene til opkalderen på et andet sprog</translation>
    </message>
    <message>
        <source>To the mobile phone</source>
        <translation>Til mobiltelefonen</translation>
    </message>
    <message>
        <source>Transfer to somebody busy or absent</source>
        <translation>Stil om til en, der er optaget eller fraværende</translation>
    </message>
    <message>
        <source>Let the caller wait until the colleague is free</source>
        <translation>Lad opkalderen vente, til kollegaen er ledig</translation>
    </message>
    <message>
        <source>To the colleague's voicemail</source>
        <translation>Til kollegaens telefonsvarer</translation>
    </message>
    <message>
        <source>To a stand-in; free: show the stand-in</source>
        <translation>Til et alternativ; ledig: vis alternativet</translation>
    </message>
    <message>
        <source>Write the colleague a message about the call</source>
        <translation>Skriv en besked om opkaldet til kollegaen</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Læg på</translation>
    </message>
    <message>
        <source>Send the digits typed as tones</source>
        <translation>Send de tastede cifre som toner</translation>
    </message>
    <message>
        <source>Find and see</source>
        <translation>Find og se</translation>
    </message>
    <message>
        <source>Move the selection; typing goes on</source>
        <translation>Flyt valget, mens der skrives</translation>
    </message>
    <message>
        <source>To the search field, all of it selected</source>
        <translation>Til søgefeltet med alt markeret</translation>
    </message>
    <message>
        <source>Use the colleague's next number</source>
        <translation>Brug kollegaens næste nummer</translation>
    </message>
    <message>
        <source>Favourite contacts; settings</source>
        <translation>Favoritkontakter; indstillinger</translation>
    </message>
    <message>
        <source>Open or close the card in a narrow window</source>
        <translation>Åbn eller luk kortet i et smalt vindue</translation>
    </message>
    <message>
        <source>Ready, or pause; with ⇧ log out</source>
        <translation>Klar eller pause; med ⇧ log af</translation>
    </message>
    <message>
        <source>Log in to and out of groups: then 1…9</source>
        <translation>Log på og af grupper: derefter 1…9</translation>
    </message>
    <message>
        <source>Close, clear, back out. Never hangs up</source>
        <translation>Luk, ryd, gå tilbage. Lægger aldrig på</translation>
    </message>
    <message>
        <source>Close Reception; calls go on</source>
        <translation>Luk Reception; samtaler fortsætter</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle taster</translation>
    </message>
</context>
<context>
    <name>Hours</name>
    <message>
        <source>No working hours today</source>
        <translation>Ingen arbejdstid i dag</translation>
    </message>
    <message>
        <source>Working hours round the clock</source>
        <translation>Arbejdstid hele døgnet</translation>
    </message>
    <message>
        <source>Working hours {times}</source>
        <translation>Arbejdstid {times}</translation>
    </message>
    <message>
        <source>outside working hours</source>
        <translation>uden for arbejdstid</translation>
    </message>
    <message>
        <source>it is {time} there</source>
        <translation>dér er klokken {time}</translation>
    </message>
</context>
<context>
    <name>Key</name>
    <message>
        <source>Answer / transfer</source>
        <translation>Besvar / stil om</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Forespørg</translation>
    </message>
    <message>
        <source>To mobile</source>
        <translation>Til mobil</translation>
    </message>
    <message>
        <source>Transfer anyway</source>
        <translation>Stil om alligevel</translation>
    </message>
    <message>
        <source>Back / hang up</source>
        <translation>Tilbage / læg på</translation>
    </message>
    <message>
        <source>Back, never hangs up</source>
        <translation>Tilbage, lægger aldrig på</translation>
    </message>
    <message>
        <source>Answer next</source>
        <translation>Besvar næste</translation>
    </message>
    <message>
        <source>Hold / fetch</source>
        <translation>Vent / hent</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Makle</translation>
    </message>
    <message>
        <source>Camp-on</source>
        <translation>Camp-on</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Telefonsvarer</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Læg på</translation>
    </message>
    <message>
        <source>Park / fetch</source>
        <translation>Parker / hent</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Konference</translation>
    </message>
    <message>
        <source>Ready / pause</source>
        <translation>Klar / pause</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Log af</translation>
    </message>
    <message>
        <source>Send tones</source>
        <translation>Send toner</translation>
    </message>
    <message>
        <source>Fetch the marked call</source>
        <translation>Hent det markerede opkald</translation>
    </message>
    <message>
        <source>Remove callback</source>
        <translation>Fjern tilbagekald</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Fortryd</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hjælp</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Søg</translation>
    </message>
    <message>
        <source>My groups</source>
        <translation>Mine grupper</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Kort</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Andet nummer</translation>
    </message>
    <message>
        <source>Day / week</source>
        <translation>Dag / uge</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Besked</translation>
    </message>
    <message>
        <source>Previous colleague</source>
        <translation>Forrige kollega</translation>
    </message>
    <message>
        <source>Next colleague</source>
        <translation>Næste kollega</translation>
    </message>
    <message>
        <source>A page up</source>
        <translation>En side op</translation>
    </message>
    <message>
        <source>A page down</source>
        <translation>En side ned</translation>
    </message>
    <message>
        <source>First colleague</source>
        <translation>Første kollega</translation>
    </message>
    <message>
        <source>Last colleague</source>
        <translation>Sidste kollega</translation>
    </message>
    <message>
        <source>Mark a call further up</source>
        <translation>Markér et opkald længere oppe</translation>
    </message>
    <message>
        <source>Mark a call further down</source>
        <translation>Markér et opkald længere nede</translation>
    </message>
    <message>
        <source>Absence</source>
        <translation>Fravær</translation>
    </message>
    <message>
        <source>Change an entry</source>
        <translation>Ret en aktivitet</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Tidslinje</translation>
    </message>
    <message>
        <source>Favourite contacts</source>
        <translation>Foretrukne kontakter</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Indstillinger</translation>
    </message>
    <message>
        <source>Only free</source>
        <translation>Kun ledige</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Tidligere</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Senere</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leder</translation>
    </message>
    <message>
        <source>Language of the words for the caller</source>
        <translation>Sprog for ordene til opkalderen</translation>
    </message>
    <message>
        <source>Close Reception</source>
        <translation>Luk Reception</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>unknown</source>
        <translation>ukendt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>ledig</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>ringer</translation>
    </message>
    <message>
        <source>talking</source>
        <translation>taler</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>på hold</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>forstyr ikke</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>ikke tilmeldt</translation>
    </message>
</context>
<context>
    <name>Mail</name>
    <message>
        <source>{caller} called you</source>
        <translation>{caller} har ringet til dig</translation>
    </message>
    <message>
        <source>Caller: {caller}</source>
        <translation>Opkalder: {caller}</translation>
    </message>
    <message>
        <source>Number: {number}</source>
        <translation>Nummer: {number}</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>Tid: {time}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>In the mail program</source>
        <translation>I mailprogrammet</translation>
    </message>
    <message>
        <source>Chat in Teams</source>
        <translation>Chat i Teams</translation>
    </message>
    <message>
        <source>Call in Teams</source>
        <translation>Ring i Teams</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Til</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Skabelon</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Emne</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Tekst</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <translation>Besked til {name}</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Sender …</translation>
    </message>
    <message>
        <source>Send in Teams</source>
        <translation>Send i Teams</translation>
    </message>
    <message>
        <source>It was not sent; the text is still here.</source>
        <translation>Den blev ikke sendt; teksten er her stadig.</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>The call has ended.</source>
        <translation>Opkaldet er slut.</translation>
    </message>
    <message>
        <source>No call is waiting.</source>
        <translation>Ingen opkald venter.</translation>
    </message>
    <message>
        <source>{by} answered it first.</source>
        <translation>{by} besvarede det først.</translation>
    </message>
    <message>
        <source>The call is with {owner}.</source>
        <translation>Opkaldet er hos {owner}.</translation>
    </message>
    <message>
        <source>That cannot be done now: the call {place}.</source>
        <translation>Det kan ikke lade sig gøre nu: opkaldet {place}.</translation>
    </message>
    <message>
        <source>Finish the consultation first: Enter connects the two, numeric − gives up.</source>
        <translation>Afslut forespørgslen først: Enter sætter de to sammen, numerisk − fortryder.</translation>
    </message>
    <message>
        <source>The connection is not there yet. Wait a moment.</source>
        <translation>Forbindelsen er der ikke endnu. Vent et øjeblik.</translation>
    </message>
    <message>
        <source>{target} is busy. F6 lets the caller wait there, F7 offers the voicemail.</source>
        <translation>{target} er optaget. F6 lader opkalderen vente dér, F7 er telefonsvareren.</translation>
    </message>
    <message>
        <source>{target} is not there now: {back}.</source>
        <translation>{target} kan ikke træffes nu: {back}.</translation>
    </message>
    <message>
        <source>The calls of {target} are diverted, and you have no right to ring there nevertheless.</source>
        <translation>{target} har viderestillet sine opkald, og du har ikke ret til at ringe igennem alligevel.</translation>
    </message>
    <message>
        <source>The phone of {target} cannot be reached.</source>
        <translation>{target}s telefon kan ikke nås.</translation>
    </message>
    <message>
        <source>{target} is free: Enter passes the call on.</source>
        <translation>{target} er ledig: Enter stiller om.</translation>
    </message>
    <message>
        <source>That is your own phone.</source>
        <translation>Det er din egen telefon.</translation>
    </message>
    <message>
        <source>Nobody tells when {target} gets free. Enter transfers, F7 is voicemail.</source>
        <translation>Ingen melder, hvornår {target} bliver ledig. Enter stiller om, F7 er telefonsvareren.</translation>
    </message>
    <message>
        <source>Camp-on is switched off for this group.</source>
        <translation>Camp-on er slået fra for denne gruppe.</translation>
    </message>
    <message>
        <source>Already {size} callers wait for {target}; there is no room for more.</source>
        <translation>Der venter allerede {size} på {target}; der er ikke plads til flere.</translation>
    </message>
    <message>
        <source>The colleague has not answered yet.</source>
        <translation>Kollegaen har ikke svaret endnu.</translation>
    </message>
    <message>
        <source>{target} has no voicemail.</source>
        <translation>{target} har ingen telefonsvarer.</translation>
    </message>
    <message>
        <source>No mobile number is known for {target}.</source>
        <translation>Der kendes intet mobilnummer til {target}.</translation>
    </message>
    <message>
        <source>{number} is not a number that can be called.</source>
        <translation>{number} er ikke et nummer, der kan ringes til.</translation>
    </message>
    <message>
        <source>Only 0–9, * and # can be sent, not {digits}.</source>
        <translation>Kun 0–9, * og # kan sendes, ikke {digits}.</translation>
    </message>
    <message>
        <source>All parking slots are taken.</source>
        <translation>Alle parkeringspladser er optaget.</translation>
    </message>
    <message>
        <source>The group {group} does not exist any more.</source>
        <translation>Gruppen {group} findes ikke længere.</translation>
    </message>
    <message>
        <source>You still have calls: {count}. Pass them on or end them first.</source>
        <translation>Du har stadig opkald: {count}. Stil dem om eller afslut dem først.</translation>
    </message>
    <message>
        <source>The colleague is not in the directory any more.</source>
        <translation>Kollegaen er ikke længere i telefonbogen.</translation>
    </message>
    <message>
        <source>The entry is not there any more.</source>
        <translation>Aktiviteten findes ikke længere.</translation>
    </message>
    <message>
        <source>You may not change the entries of this colleague.</source>
        <translation>Du må ikke ændre denne kollegas aktiviteter.</translation>
    </message>
    <message>
        <source>The end lies before the beginning.</source>
        <translation>Slutningen ligger før begyndelsen.</translation>
    </message>
    <message>
        <source>That time is over already.</source>
        <translation>Den tid er allerede forbi.</translation>
    </message>
    <message>
        <source>The shortcut {shortcut} does not exist any more.</source>
        <translation>Genvejen {shortcut} findes ikke længere.</translation>
    </message>
    <message>
        <source>The profile {profile} does not exist any more.</source>
        <translation>Profilen {profile} findes ikke længere.</translation>
    </message>
    <message>
        <source>The activity {activity} does not exist any more.</source>
        <translation>Aktiviteten {activity} findes ikke længere.</translation>
    </message>
    <message>
        <source>It can be undone for a minute only.</source>
        <translation>Det kan kun fortrydes i et minut.</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached; calls go on without the console.</source>
        <translation>Telefonsystemet kan ikke nås; samtaler fortsætter uden konsollen.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Du er ikke logget på.</translation>
    </message>
    <message>
        <source>The telephone system refused: {error}.</source>
        <translation>Telefonsystemet afviste: {error}.</translation>
    </message>
    <message>
        <source>The connection to Reception is down; it is being restored.</source>
        <translation>Forbindelsen til Reception er nede; den genoprettes.</translation>
    </message>
    <message>
        <source>The settings could not be saved: the folder cannot be written to.</source>
        <translation>Indstillingerne kunne ikke gemmes: der kan ikke skrives i mappen.</translation>
    </message>
    <message>
        <source>No answer came in time. Look at the call before you try again.</source>
        <translation>Der kom ikke svar i tide. Se på opkaldet, før du prøver igen.</translation>
    </message>
    <message>
        <source>Reception made an error. It is in the hub's log.</source>
        <translation>Reception lavede en fejl. Den står i hub'ens log.</translation>
    </message>
    <message>
        <source>{caller} is back with you, on hold.</source>
        <translation>{caller} er tilbage hos dig, på hold.</translation>
    </message>
    <message>
        <source>{caller} is back in the queue.</source>
        <translation>{caller} er tilbage i køen.</translation>
    </message>
    <message>
        <source>You are with {caller} again.</source>
        <translation>Du er hos {caller} igen.</translation>
    </message>
    <message>
        <source>Your own phone did not take the call.</source>
        <translation>Din egen telefon tog ikke opkaldet.</translation>
    </message>
    <message>
        <source>{caller} is where they were. Is the phone on, and the handset down?</source>
        <translation>{caller} er, hvor de var. Er telefonen tændt, og røret lagt på?</translation>
    </message>
    <message>
        <source>Your own phone went away.</source>
        <translation>Din egen telefon forsvandt.</translation>
    </message>
    <message>
        <source>{caller} is on hold and safe. F4 fetches the call.</source>
        <translation>{caller} er trygt på hold. F4 henter opkaldet.</translation>
    </message>
    <message>
        <source>Your call to {target} has ended.</source>
        <translation>Dit opkald til {target} er slut.</translation>
    </message>
    <message>
        <source>{caller} was called back without success.</source>
        <translation>{caller} blev ringet op uden held.</translation>
    </message>
    <message>
        <source>{why} That was try {tries} of {max_tries}; the entry is still in the queue.</source>
        <translation>{why} Det var forsøg {tries} af {max_tries}; tilbagekaldet står stadig i køen.</translation>
    </message>
    <message>
        <source>{caller} could not be called back.</source>
        <translation>{caller} kunne ikke ringes op.</translation>
    </message>
    <message>
        <source>All {tries} tries are used; the entry is removed.</source>
        <translation>Alle {tries} forsøg er brugt; tilbagekaldet er fjernet.</translation>
    </message>
    <message>
        <source>{caller} still waits for {target}.</source>
        <translation>{caller} venter stadig på {target}.</translation>
    </message>
    <message>
        <source>For {seconds} seconds now. Fetch the call, or let it wait.</source>
        <translation>Nu i {seconds} sekunder. Hent opkaldet, eller lad det vente.</translation>
    </message>
    <message>
        <source>{caller} is still on hold.</source>
        <translation>{caller} er stadig på hold.</translation>
    </message>
    <message>
        <source>For {seconds} seconds now. F4 fetches the call.</source>
        <translation>Nu i {seconds} sekunder. F4 henter opkaldet.</translation>
    </message>
    <message>
        <source>The voicemail of {target} did not take the call.</source>
        <translation>{target}s telefonsvarer tog ikke opkaldet.</translation>
    </message>
    <message>
        <source>The two could not be connected.</source>
        <translation>De to kunne ikke sættes sammen.</translation>
    </message>
    <message>
        <source>{caller} is still there. The telephone system said: {error}.</source>
        <translation>{caller} er der stadig. Telefonsystemet sagde: {error}.</translation>
    </message>
    <message>
        <source>The call with {caller} was lost.</source>
        <translation>Samtalen med {caller} gik tabt.</translation>
    </message>
    <message>
        <source>The line broke while the connection was down.</source>
        <translation>Linjen brød, mens forbindelsen var nede.</translation>
    </message>
    <message>
        <source>The tones did not reach {caller}.</source>
        <translation>Tonerne nåede ikke {caller}.</translation>
    </message>
    <message>
        <source>The telephone system said: {error}. The call goes on.</source>
        <translation>Telefonsystemet sagde: {error}. Samtalen fortsætter.</translation>
    </message>
    <message>
        <source>{target} is a contact outside the house: absences are of colleagues.</source>
        <translation>{target} er en kontakt uden for huset: kun kolleger har fravær.</translation>
    </message>
    <message>
        <source>You may not change the time of {target}.</source>
        <translation>Du må ikke ændre tiden for {target}.</translation>
    </message>
    <message>
        <source>{target} has no entry ahead. F11 sets one.</source>
        <translation>{target} har ingen aktivitet forude. F11 sætter en.</translation>
    </message>
    <message>
        <source>nobody knows until when</source>
        <translation>sluttidspunktet kendes ikke</translation>
    </message>
    <message>
        <source>back {time}</source>
        <translation>tilbage {time}</translation>
    </message>
    <message>
        <source>No answer from {address}.</source>
        <translation>Intet svar fra {address}.</translation>
    </message>
    <message>
        <source>{address} does not accept the password of {user}.</source>
        <translation>{address} godtager ikke adgangskoden for {user}.</translation>
    </message>
    <message>
        <source>There is no telephone system at {address}.</source>
        <translation>Der er intet telefonsystem på {address}.</translation>
    </message>
    <message>
        <source>The telephone system lacks the modules {modules}.</source>
        <translation>Telefonsystemet mangler modulerne {modules}.</translation>
    </message>
    <message>
        <source>The telephone system at {address} is stuck and must be restarted.</source>
        <translation>Telefonsystemet på {address} hænger og skal genstartes.</translation>
    </message>
    <message>
        <source>A second program uses the application name {app}.</source>
        <translation>Et andet program bruger applikationsnavnet {app}.</translation>
    </message>
    <message>
        <source>No secure connection to {address}: {error}.</source>
        <translation>Ingen sikker forbindelse til {address}: {error}.</translation>
    </message>
    <message>
        <source>The setting {setting} is wrong: {error}.</source>
        <translation>Indstillingen {setting} er forkert: {error}.</translation>
    </message>
    <message>
        <source>For {count} colleagues Teams and the phone do not show the same: {people}. The hub's log says why for each.</source>
        <translation>For {count} kolleger viser Teams og telefonen ikke det samme: {people}. Hubbens log siger hvorfor for hver enkelt.</translation>
    </message>
    <message>
        <source>{person} has no Teams, so nothing is shown there.</source>
        <translation>{person} har ikke Teams, så der vises intet.</translation>
    </message>
    <message>
        <source>The line {number} of {person} cannot show calls in Teams: its hint in the telephone system needs a device for them.</source>
        <translation>{person}s linje {number} kan ikke vise opkald i Teams: dens hint i telefonanlægget mangler en enhed til dem.</translation>
    </message>
    <message>
        <source>Storing takes longer than {seconds} s; calls go on meanwhile.</source>
        <translation>At gemme tager mere end {seconds} s; opkald fortsætter imens.</translation>
    </message>
    <message>
        <source>Faults in {file}: {count}. The first: {error} What it said before holds.</source>
        <translation>Fejl i {file}: {count}. Den første: {error} Det, der stod der før, gælder.</translation>
    </message>
    <message>
        <source>The file of people and the directory differ in {count} places. The first: {person}, {field}: {kept} counts, not {other}.</source>
        <translation>Personfilen og kataloget er uenige {count} steder. Det første: {person}, {field}: {kept} gælder, ikke {other}.</translation>
    </message>
    <message>
        <source>The calendar {file} cannot be read, line {line}: {error}. What it said before holds.</source>
        <translation>Kalenderen {file} kan ikke læses, linje {line}: {error}. Det, den sagde før, gælder.</translation>
    </message>
    <message>
        <source>The calendar {file} is gone. What it said before holds.</source>
        <translation>Kalenderen {file} er væk. Det, den sagde før, gælder.</translation>
    </message>
    <message>
        <source>The calendar {file} cannot be opened: {error}. What it said before holds.</source>
        <translation>Kalenderen {file} kan ikke åbnes: {error}. Det, den sagde før, gælder.</translation>
    </message>
    <message>
        <source>The calendar {file} is too large. What it said before holds.</source>
        <translation>Kalenderen {file} er for stor. Det, den sagde før, gælder.</translation>
    </message>
    <message>
        <source>{address} gives no calendar: HTTP {status}. What it said before holds.</source>
        <translation>{address} giver ingen kalender: HTTP {status}. Det, den sagde før, gælder.</translation>
    </message>
    <message>
        <source>Appointments that cannot be read: {count}. The first: {file}, line {line}: {error}.</source>
        <translation>Aftaler, der ikke kan læses: {count}. Den første: {file}, linje {line}: {error}.</translation>
    </message>
    <message>
        <source>The web page listens on all addresses of the computer and has no name. Fill in the address of the web page, as browsers open it.</source>
        <translation>Websiden lytter på alle computerens adresser og har intet navn. Udfyld websidens adresse, som browsere åbner den.</translation>
    </message>
    <message>
        <source>This console does not fit the hub.</source>
        <translation>Denne konsol passer ikke til hub'en.</translation>
    </message>
    <message>
        <source>It speaks version {theirs}, the hub {ours}. Install the same release on both.</source>
        <translation>Den taler version {theirs}, hub'en {ours}. Installer samme udgave begge steder.</translation>
    </message>
    <message>
        <source>The hub does not know this console.</source>
        <translation>Hub'en kender ikke denne konsol.</translation>
    </message>
    <message>
        <source>Ask the administrator for a new access token.</source>
        <translation>Bed administratoren om en ny adgangsnøgle.</translation>
    </message>
    <message>
        <source>The hub did not understand this console.</source>
        <translation>Hub'en forstod ikke denne konsol.</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>The console sent too much at once.</source>
        <translation>Konsollen sendte for meget på én gang.</translation>
    </message>
    <message>
        <source>The limit is {limit} bytes.</source>
        <translation>Grænsen er {limit} byte.</translation>
    </message>
    <message>
        <source>Is there a Reception hub at this address?</source>
        <translation>Er der en Reception-hub på denne adresse?</translation>
    </message>
    <message>
        <source>The connection was too slow.</source>
        <translation>Forbindelsen var for langsom.</translation>
    </message>
    <message>
        <source>It is being made anew.</source>
        <translation>Den oprettes på ny.</translation>
    </message>
    <message>
        <source>Nobody is selected. Type a name or a number first.</source>
        <translation>Ingen er valgt. Skriv først et navn eller et nummer.</translation>
    </message>
    <message>
        <source>You have no call now. Enter or F2 answers.</source>
        <translation>Du har ingen samtale nu. Enter eller F2 besvarer.</translation>
    </message>
    <message>
        <source>No number is known for {target}.</source>
        <translation>Der kendes intet nummer til {target}.</translation>
    </message>
    <message>
        <source>There is nobody to change to: no consultation, no other call.</source>
        <translation>Der er ingen at makle med: ingen forespørgsel, intet andet opkald.</translation>
    </message>
    <message>
        <source>There is no call of yours to fetch.</source>
        <translation>Du har intet opkald at hente.</translation>
    </message>
    <message>
        <source>No call is parked.</source>
        <translation>Intet opkald er parkeret.</translation>
    </message>
    <message>
        <source>You have this call already.</source>
        <translation>Du har allerede dette opkald.</translation>
    </message>
    <message>
        <source>Type the digits first, then Ctrl+D sends them as tones.</source>
        <translation>Tast først cifrene, så sender Ctrl+D dem som toner.</translation>
    </message>
    <message>
        <source>Mark the callback first with Ctrl+↑ and Ctrl+↓, then Ctrl+Delete removes it.</source>
        <translation>Markér først tilbagekaldet med Ctrl+↑ og Ctrl+↓, så fjerner Ctrl+Delete det.</translation>
    </message>
    <message>
        <source>No e-mail address is known for {target}.</source>
        <translation>Der er ingen e-mailadresse på {target}.</translation>
    </message>
    <message>
        <source>There is no call {number} in the list.</source>
        <translation>Der er intet opkald {number} på listen.</translation>
    </message>
    <message>
        <source>There is no stand-in {number}.</source>
        <translation>Der er intet alternativ {number}.</translation>
    </message>
    <message>
        <source>No manager of {target} is in the directory.</source>
        <translation>Der er ingen leder for {target} i telefonbogen.</translation>
    </message>
    <message>
        <source>Escape ends no talk. Numeric − gives the consultation up, Enter connects the two.</source>
        <translation>Escape afslutter ingen samtale. Numerisk − fortryder forespørgslen, Enter sætter de to sammen.</translation>
    </message>
    <message>
        <source>That is already under way.</source>
        <translation>Det er allerede i gang.</translation>
    </message>
    <message>
        <source>{caller} hung up.</source>
        <translation>{caller} har lagt på.</translation>
    </message>
    <message>
        <source>The window made an error.</source>
        <translation>Vinduet lavede en fejl.</translation>
    </message>
    <message>
        <source>Calls are not touched by it. Code for the administrator: {code}.</source>
        <translation>Samtaler berøres ikke. Kode til administratoren: {code}.</translation>
    </message>
    <message>
        <source>Reception is still starting.</source>
        <translation>Reception er stadig ved at starte.</translation>
    </message>
    <message>
        <source>Microsoft does not accept the secret of the app {app}: it is wrong or has expired. Make a new one in Microsoft Entra and give it to the hub.</source>
        <translation>Microsoft godtager ikke appens hemmelighed ({app}): den er forkert eller udløbet. Lav en ny i Microsoft Entra, og giv den til hubben.</translation>
    </message>
    <message>
        <source>Microsoft does not accept the certificate of the app {app}. Upload it in Microsoft Entra, or give the hub the one that is there.</source>
        <translation>Microsoft godtager ikke appens certifikat ({app}). Læg det op i Microsoft Entra, eller giv hubben det, der ligger der.</translation>
    </message>
    <message>
        <source>Microsoft knows no app {app} in the tenant {tenant}. Check client_id and tenant in the hub's settings.</source>
        <translation>Microsoft kender ingen app {app} hos lejeren {tenant}. Kontrollér client_id og tenant i hubbens indstillinger.</translation>
    </message>
    <message>
        <source>Microsoft knows no tenant {tenant}. Check tenant in the hub's settings.</source>
        <translation>Microsoft kender ingen lejer {tenant}. Kontrollér tenant i hubbens indstillinger.</translation>
    </message>
    <message>
        <source>Microsoft does not let the app {app} sign in: {error}. Ask the administrator of Entra.</source>
        <translation>Microsoft lader ikke appen {app} logge på: {error}. Spørg administratoren af Entra.</translation>
    </message>
    <message>
        <source>Somebody must sign in to Microsoft for the app {app}.</source>
        <translation>Nogen skal logge på Microsoft for appen {app}.</translation>
    </message>
    <message>
        <source>Graph does not accept the sign-in of the app {app}: {error}. It is tried again by itself.</source>
        <translation>Graph godtager ikke appens logon ({app}): {error}. Det forsøges igen af sig selv.</translation>
    </message>
    <message>
        <source>Graph refuses {permission}: ask an administrator to consent, at {link} ({error}).</source>
        <translation>Graph afviser {permission}: bed en administrator om at give samtykke på {link} ({error}).</translation>
    </message>
    <message>
        <source>Microsoft is busy and asks us to wait {seconds} s. We do.</source>
        <translation>Microsoft har travlt og beder os vente {seconds} s. Det gør vi.</translation>
    </message>
    <message>
        <source>Microsoft has a fault: HTTP {status} {error} (request {request}). It is tried again.</source>
        <translation>Der er en fejl hos Microsoft: HTTP {status} {error} (forespørgsel {request}). Det forsøges igen.</translation>
    </message>
    <message>
        <source>Graph does not understand us: HTTP {status} {error} (request {request}). Tell the maker.</source>
        <translation>Graph forstår os ikke: HTTP {status} {error} (forespørgsel {request}). Sig det til producenten.</translation>
    </message>
    <message>
        <source>Graph's answer about {what} cannot be read. It is asked again; a proxy may be to blame.</source>
        <translation>Graphs svar om {what} kan ikke læses. Der spørges igen; det kan skyldes en proxy.</translation>
    </message>
    <message>
        <source>The calendar of {address} cannot be read: {error}.</source>
        <translation>Kalenderen for {address} kan ikke læses: {error}.</translation>
    </message>
    <message>
        <source>{count} of {of} calendars cannot be read; what they said before holds. The first: {address}, {error}.</source>
        <translation>{count} af {of} kalendere kan ikke læses; det, de sagde før, gælder. Den første: {address}, {error}.</translation>
    </message>
    <message>
        <source>Appointments that cannot be read: {count}. The first is in the calendar of {address}.</source>
        <translation>Aftaler, der ikke kan læses: {count}. Den første står i kalenderen for {address}.</translation>
    </message>
    <message>
        <source>Sent to {target}.</source>
        <translation>Sendt til {target}.</translation>
    </message>
    <message>
        <source>E-mails are not set up on the hub.</source>
        <translation>E-mail er ikke sat op på hubben.</translation>
    </message>
    <message>
        <source>Messages in Teams are not set up on the hub: open the chat in Teams.</source>
        <translation>Beskeder i Teams er ikke sat op på hubben: åbn chatten i Teams.</translation>
    </message>
    <message>
        <source>Sign in with Microsoft again to write in your own name, or open the chat in Teams.</source>
        <translation>Log ind med Microsoft igen for at skrive i dit eget navn, eller åbn chatten i Teams.</translation>
    </message>
    <message>
        <source>There is nothing in the message yet.</source>
        <translation>Der står ikke noget i beskeden endnu.</translation>
    </message>
    <message>
        <source>It is not known whether the message was sent: look among the sent ones first.</source>
        <translation>Det vides ikke, om beskeden blev sendt: se efter i de sendte først.</translation>
    </message>
    <message>
        <source>Exchange is busy and asks us to wait {seconds} s. We do.</source>
        <translation>Exchange har travlt og beder os vente {seconds} s. Det gør vi.</translation>
    </message>
    <message>
        <source>{user} may not read the calendars of others: it needs the role ApplicationImpersonation, or set impersonation = false.</source>
        <translation>{user} må ikke læse andres kalendere: kontoen skal have rollen ApplicationImpersonation, eller sæt impersonation = false.</translation>
    </message>
    <message>
        <source>The answer of {address} cannot be read. It is asked again; a proxy may be to blame.</source>
        <translation>Svaret fra {address} kan ikke læses. Der spørges igen; måske er en proxy skyld i det.</translation>
    </message>
    <message>
        <source>No mailbox to try: name one with sample, or let the user be an e-mail address.</source>
        <translation>Ingen postkasse at prøve: nævn en med sample, eller brug en e-mailadresse som user.</translation>
    </message>
    <message>
        <source>This computer's clock and the server's differ by {seconds} s. Have it set by the network.</source>
        <translation>Denne computers ur og serverens afviger {seconds} s fra hinanden. Lad det stille over netværket.</translation>
    </message>
    <message>
        <source>{person} has no account at Microsoft: check the e-mail address in the directory.</source>
        <translation>{person} har ingen konto hos Microsoft: kontrollér e-mailadressen i kataloget.</translation>
    </message>
    <message>
        <source>There is no account {sender} at Microsoft. Name a mailbox of the tenant that e-mails come from.</source>
        <translation>Der findes ingen konto {sender} hos Microsoft. Angiv en postkasse i tenanten, som e-mails kommer fra.</translation>
    </message>
    <message>
        <source>Teams lets nothing be shown of {person} ({error}): check the licence for Teams.</source>
        <translation>Teams lader intet vise om {person} ({error}): kontrollér licensen til Teams.</translation>
    </message>
    <message>
        <source>There are more people than Microsoft lets us ask for: everybody's turn comes every {seconds} s.</source>
        <translation>Der er flere personer, end Microsoft lader os spørge om: alles tur kommer hver {seconds}. s.</translation>
    </message>
    <message>
        <source>The emulated Microsoft 365 is starting. {count} colleagues are read from it then; the simulated office tells of them until then.</source>
        <translation>Det emulerede Microsoft 365 er ved at starte. {count} kolleger læses derfra bagefter; indtil da fortæller det simulerede kontor om dem.</translation>
    </message>
    <message>
        <source>{people} people, each asked for every {seconds} s: {requests} of {budget} requests a minute.</source>
        <translation>{people} personer, hver spurgt om for hver {seconds} s: {requests} af {budget} forespørgsler i minuttet.</translation>
    </message>
    <message>
        <source>Begin again; if it stays so, tell the administrator.</source>
        <translation>Begynd forfra; hjælper det ikke, så sig det til administratoren.</translation>
    </message>
    <message>
        <source>Sign in with Microsoft to take calls here.</source>
        <translation>Log på med Microsoft for at tage opkald her.</translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>Du er logget af.</translation>
    </message>
    <message>
        <source>Sign in to take calls here.</source>
        <translation>Log på for at tage opkald her.</translation>
    </message>
    <message>
        <source>You are signed out here.</source>
        <translation>Du er logget af her.</translation>
    </message>
    <message>
        <source>The hub could not be told: there your sign-in ends by itself.</source>
        <translation>Hubben kunne ikke få det at vide: der udløber din pålogning af sig selv.</translation>
    </message>
    <message>
        <source>You are signed out until Reception is opened again.</source>
        <translation>Du er logget af, indtil Reception åbnes igen.</translation>
    </message>
    <message>
        <source>What is kept of your sign-in could not be deleted.</source>
        <translation>Det, der er gemt af din pålogning, kunne ikke slettes.</translation>
    </message>
    <message>
        <source>The sign-in was broken off.</source>
        <translation>Pålogningen blev afbrudt.</translation>
    </message>
    <message>
        <source>You can begin again.</source>
        <translation>Du kan begynde forfra.</translation>
    </message>
    <message>
        <source>The sign-in took too long.</source>
        <translation>Pålogningen tog for lang tid.</translation>
    </message>
    <message>
        <source>Begin again; it holds for ten minutes.</source>
        <translation>Begynd forfra; den gælder i ti minutter.</translation>
    </message>
    <message>
        <source>Microsoft did not let you in ({error}).</source>
        <translation>Microsoft lukkede dig ikke ind ({error}).</translation>
    </message>
    <message>
        <source>What came from Microsoft is not valid here.</source>
        <translation>Svaret fra Microsoft er ikke gyldigt her.</translation>
    </message>
    <message>
        <source>No colleague in the directory has the address {address}.</source>
        <translation>Ingen kollega i kartoteket har adressen {address}.</translation>
    </message>
    <message>
        <source>Ask the administrator to enter it.</source>
        <translation>Bed administratoren om at skrive den ind.</translation>
    </message>
    <message>
        <source>More than one colleague has the address {address}.</source>
        <translation>Mere end én kollega har adressen {address}.</translation>
    </message>
    <message>
        <source>Ask the administrator to mend that in the directory.</source>
        <translation>Bed administratoren om at rette det i kartoteket.</translation>
    </message>
    <message>
        <source>The access of {address} was taken away.</source>
        <translation>Adgangen for {address} er taget fra.</translation>
    </message>
    <message>
        <source>Ask the administrator.</source>
        <translation>Spørg administratoren.</translation>
    </message>
    <message>
        <source>{name} is not set up as a receptionist.</source>
        <translation>{name} er ikke oprettet som receptionist.</translation>
    </message>
    <message>
        <source>Sign in as somebody else, or ask the administrator.</source>
        <translation>Log på som en anden, eller spørg administratoren.</translation>
    </message>
    <message>
        <source>This hub has no sign-in with Microsoft.</source>
        <translation>Denne hub har ingen pålogning med Microsoft.</translation>
    </message>
    <message>
        <source>Ask the administrator for it, or for an access token.</source>
        <translation>Bed administratoren om den eller om et adgangstoken.</translation>
    </message>
    <message>
        <source>Too many are signing in right now.</source>
        <translation>For mange logger på lige nu.</translation>
    </message>
    <message>
        <source>Try again in a few minutes.</source>
        <translation>Prøv igen om et par minutter.</translation>
    </message>
    <message>
        <source>No browser could be opened.</source>
        <translation>Der kunne ikke åbnes en browser.</translation>
    </message>
    <message>
        <source>Open this address on this computer: {address}</source>
        <translation>Åbn denne adresse på denne computer: {address}</translation>
    </message>
    <message>
        <source>Only receptionists with the right administers change settings.</source>
        <translation>Kun receptionister med retten administers ændrer indstillinger.</translation>
    </message>
    <message>
        <source>This cannot be saved: {error}</source>
        <translation>Det kan ikke gemmes: {error}</translation>
    </message>
    <message>
        <source>The hub may not write {file} ({error}). Give its user the right to, then save again.</source>
        <translation>Hubben må ikke skrive {file} ({error}). Giv dens bruger ret til det, og gem igen.</translation>
    </message>
    <message>
        <source>This hub has no file of settings, so nothing can be saved.</source>
        <translation>Denne hub har ingen fil med indstillinger, så intet kan gemmes.</translation>
    </message>
    <message>
        <source>The address is another one. Type “{title}” again, so that it goes nowhere unasked.</source>
        <translation>Adressen er en anden. Skriv “{title}” igen, så den ikke sendes et sted hen uspurgt.</translation>
    </message>
    <message>
        <source>“{title}” is missing.</source>
        <translation>“{title}” mangler.</translation>
    </message>
    <message>
        <source>The hub does not know the service {service}.</source>
        <translation>Hubben kender ikke tjenesten {service}.</translation>
    </message>
    <message>
        <source>It is tried again at {at}.</source>
        <translation>Der prøves igen kl. {at}.</translation>
    </message>
    <message>
        <source>Reception waits until {at}, as it was asked to.</source>
        <translation>Reception venter til kl. {at}, som den er blevet bedt om.</translation>
    </message>
    <message>
        <source>Somebody must mend it; it is looked at again at {at}.</source>
        <translation>Nogen må rette det; der ses efter igen kl. {at}.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>{count} more</source>
        <translation>{count} flere</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Luk</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Hent</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Sæt sammen</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Stil om</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Fortryd</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>Desk phone</source>
        <translation>Bordtelefon</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>Softphone</source>
        <translation>Softphone</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Andet nummer</translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>A caller waits</source>
        <translation>En opkalder venter</translation>
    </message>
    <message>
        <source>{count} callers wait</source>
        <translation>{count} opkaldere venter</translation>
    </message>
    <message>
        <source>Another program has the key {key} already.</source>
        <translation>Et andet program har allerede tasten {key}.</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>Vælg en anden i indstillingerne.</translation>
    </message>
</context>
<context>
    <name>Own</name>
    <message>
        <source>Ready</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Logged out</source>
        <translation>Logget af</translation>
    </message>
    <message>
        <source>phone rings</source>
        <translation>telefonen ringer</translation>
    </message>
    <message>
        <source>no group calls: presence</source>
        <translation>ingen gruppeopkald: tilstedeværelse</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Ikke forbundet</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Width of the calls</source>
        <translation>Opkaldenes bredde</translation>
    </message>
    <message>
        <source>Width of the card</source>
        <translation>Kortets bredde</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Colleagues</source>
        <translation>Kolleger</translation>
    </message>
    <message>
        <source>sounds alike</source>
        <translation>lyder som</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Uden navn</translation>
    </message>
    <message>
        <source>≈ sounds alike</source>
        <translation>≈ lyder som</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>waits in the queue</source>
        <translation>venter i køen</translation>
    </message>
    <message>
        <source>is being answered</source>
        <translation>bliver besvaret</translation>
    </message>
    <message>
        <source>is in a conversation</source>
        <translation>er i samtale</translation>
    </message>
    <message>
        <source>is on hold</source>
        <translation>er på hold</translation>
    </message>
    <message>
        <source>is in a consultation</source>
        <translation>er i en forespørgsel</translation>
    </message>
    <message>
        <source>waits for a colleague</source>
        <translation>venter på en kollega</translation>
    </message>
    <message>
        <source>is parked</source>
        <translation>er parkeret</translation>
    </message>
    <message>
        <source>rings at a colleague</source>
        <translation>ringer hos en kollega</translation>
    </message>
    <message>
        <source>is being dialled</source>
        <translation>bliver ringet op</translation>
    </message>
    <message>
        <source>is on the way to a voicemail</source>
        <translation>er på vej til en telefonsvarer</translation>
    </message>
    <message>
        <source>has been passed on</source>
        <translation>er stillet om</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Search for a colleague or type a number</source>
        <translation>Søg efter en kollega eller tast et nummer</translation>
    </message>
    <message>
        <source>Name, department or number</source>
        <translation>Navn, afdeling eller nummer</translation>
    </message>
    <message>
        <source>Reception cannot be reached. It is being tried again.</source>
        <translation>Reception kan ikke nås. Der prøves igen.</translation>
    </message>
    <message>
        <source>Connecting to Reception …</source>
        <translation>Forbinder til Reception …</translation>
    </message>
    <message>
        <source>Nobody has this number. Enter uses {number} as it is.</source>
        <translation>Ingen har dette nummer. Enter bruger {number}, som det er.</translation>
    </message>
    <message>
        <source>Nobody who is surely free is found. {key} shows all.</source>
        <translation>Der er ikke fundet nogen, der med sikkerhed er ledig. {key} viser alle.</translation>
    </message>
    <message>
        <source>Nobody found. Fewer letters find more.</source>
        <translation>Ingen fundet. Færre bogstaver finder flere.</translation>
    </message>
    <message>
        <source>The directory is empty. The administrator imports people.</source>
        <translation>Adressekartoteket er tomt. Administratoren importerer personer.</translation>
    </message>
    <message>
        <source>{found} of {all}</source>
        <translation>{found} af {all}</translation>
    </message>
    <message>
        <source>{count} sound alike</source>
        <translation>{count} lyder som</translation>
    </message>
    <message>
        <source>Only free</source>
        <translation>Kun ledige</translation>
    </message>
    <message>
        <source>↑↓ select</source>
        <translation>↑↓ vælg</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>besvar</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>stil om</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>sæt sammen</translation>
    </message>
    <message>
        <source>call</source>
        <translation>ring op</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>hent</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>As the computer</source>
        <translation>Som computeren</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Lys</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Mørk</translation>
    </message>
    <message>
        <source>Set by your organisation</source>
        <translation>Fastsat af din organisation</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>A function key, or a key with Ctrl, Alt or the Windows key</source>
        <translation>En funktionstast, eller en tast med Ctrl, Alt eller Windows-tasten</translation>
    </message>
    <message>
        <source>Automatic profiles</source>
        <translation>Automatiske profiler</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ingen</translation>
    </message>
    <message>
        <source>When the program starts</source>
        <translation>Når programmet starter</translation>
    </message>
    <message>
        <source>When the program ends</source>
        <translation>Når programmet slutter</translation>
    </message>
    <message>
        <source>Away from the desk</source>
        <translation>Væk fra pladsen</translation>
    </message>
    <message>
        <source>after so many minutes without mouse and keyboard</source>
        <translation>efter så mange minutter uden mus og tastatur</translation>
    </message>
    <message>
        <source>When the screen is locked</source>
        <translation>Når skærmen er låst</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Indstillinger</translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation>Sprog (fra næste start)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farver</translation>
    </message>
    <message>
        <source>Automatic profiles …</source>
        <translation>Automatiske profiler …</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Tilstedeværelse</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dette vindue</translation>
    </message>
    <message>
        <source>Calls while another program is in front</source>
        <translation>Opkald, mens et andet program er forrest</translation>
    </message>
    <message>
        <source>Tell by a notification</source>
        <translation>Meddel dem</translation>
    </message>
    <message>
        <source>Do not tell</source>
        <translation>Meddel dem ikke</translation>
    </message>
    <message>
        <source>Answer from other programs</source>
        <translation>Besvar fra andre programmer</translation>
    </message>
    <message>
        <source>Bring to the front from other programs</source>
        <translation>Hent frem fra andre programmer</translation>
    </message>
</context>
<context>
    <name>Setup</name>
    <message>
        <source>More settings</source>
        <translation>Flere indstillinger</translation>
    </message>
    <message>
        <source>Set up {service}</source>
        <translation>Opsæt {service}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tilbage</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Næste</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Kontrollér igen</translation>
    </message>
    <message>
        <source>Restart the hub</source>
        <translation>Genstart hubben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>The hub tries these settings now. Nothing is saved by that.</source>
        <translation>Hubben prøver nu disse indstillinger. Der gemmes intet ved det.</translation>
    </message>
    <message>
        <source>Saving writes the hub's file of settings. Comments and everything else in it stay, and the file as it was is kept beside it.</source>
        <translation>Når du gemmer, skrives hubbens fil med indstillinger. Kommentarer og alt andet i den bliver stående, og filen, som den var, gemmes ved siden af.</translation>
    </message>
    <message>
        <source>Step {n} of {count}</source>
        <translation>Trin {n} af {count}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Gem</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Kontrol</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Kontrollerer …</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alt er i orden.</translation>
    </message>
    <message>
        <source>Not all is well. You may save all the same and mend it later.</source>
        <translation>Ikke alt er i orden. Du kan gemme alligevel og rette det senere.</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Gemmer …</translation>
    </message>
    <message>
        <source>The hub begins again. Calls go on meanwhile.</source>
        <translation>Hubben begynder forfra. Samtaler fortsætter imens.</translation>
    </message>
    <message>
        <source>Saved, and in use now.</source>
        <translation>Gemt, og i brug nu.</translation>
    </message>
    <message>
        <source>The file as it was: {file}</source>
        <translation>Filen, som den var: {file}</translation>
    </message>
    <message>
        <source>Somebody has changed other settings in the file by hand. They hold when the hub begins again; calls go on meanwhile.</source>
        <translation>Nogen har ændret andre indstillinger i filen i hånden. De gælder, når hubben begynder forfra; samtaler fortsætter imens.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Luk</translation>
    </message>
    <message>
        <source>Path of the file</source>
        <translation>Filens sti</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Vælg …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiér</translation>
    </message>
    <message>
        <source>Stands here when “{title}” is filled in.</source>
        <translation>Står her, når »{title}« er udfyldt.</translation>
    </message>
    <message>
        <source>needs {permission}</source>
        <translation>kræver {permission}</translation>
    </message>
    <message>
        <source>The file cannot be read: {error}</source>
        <translation>Filen kan ikke læses: {error}</translation>
    </message>
    <message>
        <source>This is no certificate: the file is empty, or too large.</source>
        <translation>Det er ikke et certifikat: filen er tom eller for stor.</translation>
    </message>
    <message>
        <source>The hub has it. Leave empty to keep it.</source>
        <translation>Hubben har den. Lad stå tomt for at beholde den.</translation>
    </message>
    <message>
        <source>well</source>
        <translation>i orden</translation>
    </message>
    <message>
        <source>not well</source>
        <translation>ikke i orden</translation>
    </message>
    <message>
        <source>to be entered there; it cannot be looked at from here</source>
        <translation>skal indtastes der; det kan ikke ses herfra</translation>
    </message>
    <message>
        <source>Open the page of consent</source>
        <translation>Åbn siden med samtykke</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Kopiér linket</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Kopiér adressen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopieret</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Resultater</translation>
    </message>
    <message>
        <source>Presence and calendars are not set up yet.</source>
        <translation>Tilstedeværelse og kalendere er ikke sat op endnu.</translation>
    </message>
    <message>
        <source>Set up …</source>
        <translation>Opsæt …</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ikke nu</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>er her ikke endnu</translation>
    </message>
    <message>
        <source>{service} is not set up.</source>
        <translation>{service} er ikke sat op.</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ændr …</translation>
    </message>
    <message>
        <source>kept by the hub</source>
        <translation>opbevares af hubben</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nej</translation>
    </message>
    <message>
        <source>Who we are at Microsoft</source>
        <translation>Hvem vi er hos Microsoft</translation>
    </message>
    <message>
        <source>Register an app for Reception in Microsoft Entra (entra.microsoft.com, App registrations). Its page Overview has the two ids; Certificates &amp; secrets has the proof.</source>
        <translation>Registrér en app til Reception i Microsoft Entra (entra.microsoft.com, App registrations). De to id'er står på siden Overview; beviset laves under Certificates &amp; secrets.</translation>
    </message>
    <message>
        <source>Directory (tenant) ID</source>
        <translation>Directory (tenant) ID</translation>
    </message>
    <message>
        <source>Application (client) ID</source>
        <translation>Application (client) ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Hemmelighed (client secret)</translation>
    </message>
    <message>
        <source>The secret's value, not its id. Write down in a calendar when it expires.</source>
        <translation>Hemmelighedens værdi, ikke dens id. Notér i en kalender, hvornår den udløber.</translation>
    </message>
    <message>
        <source>or a certificate with its key</source>
        <translation>eller et certifikat med nøgle</translation>
    </message>
    <message>
        <source>A PEM or PFX file. Upload its public part in Entra.</source>
        <translation>En PEM- eller PFX-fil. Læg den offentlige del op i Entra.</translation>
    </message>
    <message>
        <source>Password of the certificate</source>
        <translation>Certifikatets adgangskode</translation>
    </message>
    <message>
        <source>Address of the sign-in</source>
        <translation>Adresse for login</translation>
    </message>
    <message>
        <source>Another one in national clouds only.</source>
        <translation>Kun en anden i nationale skyer.</translation>
    </message>
    <message>
        <source>Address of Graph</source>
        <translation>Adresse for Graph</translation>
    </message>
    <message>
        <source>Certificate authority of the house</source>
        <translation>Husets certifikatudsteder</translation>
    </message>
    <message>
        <source>A PEM file, for a proxy that looks into the traffic.</source>
        <translation>En PEM-fil, til en proxy, der kigger ind i trafikken.</translation>
    </message>
    <message>
        <source>What is used</source>
        <translation>Hvad der bruges</translation>
    </message>
    <message>
        <source>Each needs a permission of the kind Application; all of them need User.ReadBasic.All as well.</source>
        <translation>Hver kræver en tilladelse af typen Application; alle kræver desuden User.ReadBasic.All.</translation>
    </message>
    <message>
        <source>Presence from Teams</source>
        <translation>Tilstedeværelse fra Teams</translation>
    </message>
    <message>
        <source>who is in a call, in a meeting, away or not to be disturbed</source>
        <translation>hvem der er i samtale, i møde, væk eller ikke må forstyrres</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Kalendere</translation>
    </message>
    <message>
        <source>Appointments</source>
        <translation>Aftaler</translation>
    </message>
    <message>
        <source>Free and busy times only</source>
        <translation>Kun ledige og optagne tider</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Bruges ikke</translation>
    </message>
    <message>
        <source>who is away until when, and when they are back</source>
        <translation>hvem der er væk til hvornår, og hvornår de er tilbage</translation>
    </message>
    <message>
        <source>Mailbox that asks for free and busy times</source>
        <translation>Postkasse, der spørger om ledige og optagne tider</translation>
    </message>
    <message>
        <source>Automatic replies</source>
        <translation>Automatiske svar</translation>
    </message>
    <message>
        <source>whoever has set one counts as absent</source>
        <translation>den, der har sat et, tæller som fraværende</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>Arbejdstid</translation>
    </message>
    <message>
        <source>when somebody works today stands on their card</source>
        <translation>hvornår folk arbejder i dag, står på deres kort</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Kartotek</translation>
    </message>
    <message>
        <source>telephone numbers, titles, departments and managers of all colleagues</source>
        <translation>alle kollegers telefonnumre, titler, afdelinger og ledere</translation>
    </message>
    <message>
        <source>Photos of colleagues</source>
        <translation>Billeder af kolleger</translation>
    </message>
    <message>
        <source>beside their names; with the directory only</source>
        <translation>ved siden af navnene; kun sammen med kartoteket</translation>
    </message>
    <message>
        <source>Calls in Teams and on the telephone</source>
        <translation>Samtaler i Teams og på telefonen</translation>
    </message>
    <message>
        <source>Shown both ways</source>
        <translation>Vises begge veje</translation>
    </message>
    <message>
        <source>Telephone calls in Teams</source>
        <translation>Telefonsamtaler i Teams</translation>
    </message>
    <message>
        <source>Teams calls on the telephone</source>
        <translation>Teams-samtaler på telefonen</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Vises ikke</translation>
    </message>
    <message>
        <source>whoever speaks is busy at both, without doing anything</source>
        <translation>den, der taler, er optaget begge steder uden at gøre noget</translation>
    </message>
    <message>
        <source>Where Exchange is, and who we are there</source>
        <translation>Hvor Exchange er, og hvem vi er der</translation>
    </message>
    <message>
        <source>An Exchange server in the house: 2016, 2019 or SE. Mailboxes at Microsoft belong to the page Microsoft 365. Make an account for Reception whose password does not expire.</source>
        <translation>En Exchange-server i huset: 2016, 2019 eller SE. Postkasser hos Microsoft hører til siden Microsoft 365. Opret en konto til Reception, hvis adgangskode ikke udløber.</translation>
    </message>
    <message>
        <source>Address of EWS</source>
        <translation>EWS-adresse</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Bruger</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Adgangskode</translation>
    </message>
    <message>
        <source>Way of signing in</source>
        <translation>Måde at logge på</translation>
    </message>
    <message>
        <source>with OAuth the user is an application, and the password its secret</source>
        <translation>med OAuth er brugeren en applikation, og adgangskoden dens hemmelighed</translation>
    </message>
    <message>
        <source>Address for tokens</source>
        <translation>Adresse til tokens</translation>
    </message>
    <message>
        <source>with OAuth only</source>
        <translation>kun med OAuth</translation>
    </message>
    <message>
        <source>Scope of tokens</source>
        <translation>Tokens' scope</translation>
    </message>
    <message>
        <source>with OAuth only; otherwise everything at the server</source>
        <translation>kun med OAuth; ellers alt på serveren</translation>
    </message>
    <message>
        <source>A PEM file, for a certificate that the computer does not know.</source>
        <translation>En PEM-fil, til et certifikat som computeren ikke kender.</translation>
    </message>
    <message>
        <source>Without a right to calendars, free and busy times are read as every colleague sees them.</source>
        <translation>Uden ret til kalendere læses ledige og optagne tider, som enhver kollega ser dem.</translation>
    </message>
    <message>
        <source>Reads calendars in the name of their owners</source>
        <translation>Læser kalendere på ejernes vegne</translation>
    </message>
    <message>
        <source>otherwise people have shared their calendars with the account</source>
        <translation>ellers har folk delt deres kalendere med kontoen</translation>
    </message>
    <message>
        <source>Told of changes at once</source>
        <translation>Får straks besked om ændringer</translation>
    </message>
    <message>
        <source>over a connection that stays open; otherwise they are found within a minute</source>
        <translation>over en forbindelse, der holdes åben; ellers findes de inden for et minut</translation>
    </message>
    <message>
        <source>Mailbox to try</source>
        <translation>Postkasse at prøve</translation>
    </message>
    <message>
        <source>the check reads it once</source>
        <translation>kontrollen læser den én gang</translation>
    </message>
    <message>
        <source>E-mails to colleagues</source>
        <translation>E-mails til kolleger</translation>
    </message>
    <message>
        <source>Receptionists write to colleagues about a call (Ctrl+M), and the hub sends it in the name of the house. Without this the computer's own mail program is opened.</source>
        <translation>Receptionister skriver til kolleger om et opkald (Ctrl+M), og hubben sender det på husets vegne. Ellers åbnes computerens eget mailprogram.</translation>
    </message>
    <message>
        <source>The hub sends e-mails</source>
        <translation>Hubben sender e-mails</translation>
    </message>
    <message>
        <source>Mailbox that they come from</source>
        <translation>Postkasse, som de kommer fra</translation>
    </message>
    <message>
        <source>Mail.Send is of the kind Application and allows any mailbox of the tenant. RBAC for Applications in Exchange narrows it down to this one.</source>
        <translation>Mail.Send er af typen Application og gælder alle postkasser i tenanten. RBAC for Applications i Exchange begrænser den til denne ene.</translation>
    </message>
    <message>
        <source>People sign in with Microsoft</source>
        <translation>Log på med Microsoft</translation>
    </message>
    <message>
        <source>Colleagues on their web page and receptionists in their consoles sign in with the account they have at work. The app needs a platform Web with the redirect URI below (Authentication, Add a platform) and the delegated permissions openid, profile and email.</source>
        <translation>Kolleger på deres webside og receptionister i deres konsoller logger på med den konto, de har på arbejdet. Appen skal have en platform Web med nedenstående redirect URI (Authentication, Add a platform) og de delegerede tilladelser openid, profile og email.</translation>
    </message>
    <message>
        <source>Sign-in with Microsoft</source>
        <translation>Log på med Microsoft er muligt</translation>
    </message>
    <message>
        <source>of those whom the directory knows, and nobody else</source>
        <translation>for dem, kartoteket kender, og ingen andre</translation>
    </message>
    <message>
        <source>Where the hub listens for the web page</source>
        <translation>Hvor hubben lytter for websiden</translation>
    </message>
    <message>
        <source>Address and port. One that other computers reach needs a certificate: tls_cert and tls_key in [hub] or [web] of the hub's file.</source>
        <translation>Adresse og port. En, som andre computere kan nå, kræver et certifikat: tls_cert og tls_key i [hub] eller [web] i hubbens fil.</translation>
    </message>
    <message>
        <source>Address of the web page</source>
        <translation>Websidens adresse</translation>
    </message>
    <message>
        <source>As browsers open it, with https and without a path. Empty for the page's own name.</source>
        <translation>Som browsere åbner den, med https og uden sti. Tom for sidens eget navn.</translation>
    </message>
    <message>
        <source>Redirect URI to register</source>
        <translation>Redirect URI, der skal registreres</translation>
    </message>
    <message>
        <source>Microsoft compares it letter by letter.</source>
        <translation>Microsoft sammenligner den bogstav for bogstav.</translation>
    </message>
    <message>
        <source>Passwords of the web page work too</source>
        <translation>Websidens adgangskoder virker også</translation>
    </message>
    <message>
        <source>Switch off only when signing in with Microsoft works: there is no other way in then.</source>
        <translation>Slå først fra, når log på med Microsoft virker: så er der ingen anden vej ind.</translation>
    </message>
    <message>
        <source>Receptionists write in Teams in their own name</source>
        <translation>Receptionister skriver i Teams i deres eget navn</translation>
    </message>
    <message>
        <source>Who is signed in signs in once more for it. Grant admin consent to these delegated permissions first: else nobody gets in who may not consent themselves</source>
        <translation>Den, der er logget på, logger på igen for det. Giv først administratorsamtykke til disse delegerede tilladelser: ellers kommer ingen ind, som ikke selv må give samtykke</translation>
    </message>
    <message>
        <source>Column of the directory with their accounts</source>
        <translation>Kolonne i kartoteket med deres konti</translation>
    </message>
    <message>
        <source>With object ids or UPNs. Empty: they are found by their e-mail addresses.</source>
        <translation>Med objekt-id'er eller UPN'er. Tom: de findes på deres e-mailadresser.</translation>
    </message>
    <message>
        <source>Not consented to. An administrator of the tenant consents by the link.</source>
        <translation>Der er ikke givet samtykke. En administrator af tenanten giver det via linket.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>Log ind</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>Forbliv logget på på denne computer</translation>
    </message>
    <message>
        <source>Sign in with Microsoft</source>
        <translation>Log på med Microsoft</translation>
    </message>
    <message>
        <source>Open the browser again</source>
        <translation>Åbn browseren igen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>The hub is being asked …</source>
        <translation>Hubben bliver spurgt …</translation>
    </message>
    <message>
        <source>Sign in in the window that Windows opens.</source>
        <translation>Log på i det vindue, som Windows åbner.</translation>
    </message>
    <message>
        <source>Sign in in the browser. Confirm there only if it shows this code:</source>
        <translation>Log på i browseren. Bekræft kun der, hvis den viser denne kode:</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Kode {code}</translation>
    </message>
    <message>
        <source>Your administrator gives you an access token for {hub}.</source>
        <translation>Din administrator giver dig et adgangstoken til {hub}.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Adgangstoken</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>Eller</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Du er ikke logget på.</translation>
    </message>
    <message>
        <source>Sign in …</source>
        <translation>Log på …</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Log af</translation>
    </message>
    <message>
        <source>A call you are in goes on at your telephone.</source>
        <translation>Et opkald, du er i, fortsætter på din telefon.</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Logget på</translation>
    </message>
    <message>
        <source>Signed in as {name}</source>
        <translation>Logget på som {name}</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Telephony</source>
        <translation>Telefoni</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Teams and phones</source>
        <translation>Teams og telefoner</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Lager</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Kartotek</translation>
    </message>
    <message>
        <source>Office file</source>
        <translation>Kontorfil</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>ufuldstændig</translation>
    </message>
    <message>
        <source>{name} · {minutes} min old</source>
        <translation>{name} · {minutes} min gammel</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>forbinder</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>ingen svar</translation>
    </message>
    <message>
        <source>needs settings</source>
        <translation>mangler indstillinger</translation>
    </message>
    <message>
        <source>needs a sign-in</source>
        <translation>skal logges på</translation>
    </message>
    <message>
        <source>{name} · {state} for {minutes} min</source>
        <translation>{name} · {state} {minutes} min</translation>
    </message>
    <message>
        <source>Reception · connecting</source>
        <translation>Reception · forbinder</translation>
    </message>
    <message>
        <source>Reception</source>
        <translation>Reception</translation>
    </message>
    <message>
        <source>Reception · connection lost</source>
        <translation>Reception · forbindelse mistet</translation>
    </message>
    <message>
        <source>Reception · refused</source>
        <translation>Reception · afvist</translation>
    </message>
    <message>
        <source>the phone</source>
        <translation>telefonen</translation>
    </message>
    <message>
        <source>{name} {minutes} min</source>
        <translation>{name} {minutes} min</translation>
    </message>
    <message>
        <source>last data {age} ago</source>
        <translation>seneste data for {age} siden</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>ingen data endnu</translation>
    </message>
    <message>
        <source>The last data is {age} old.</source>
        <translation>De seneste data er {age} gamle.</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} t</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Ufuldstændig</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Forbundet</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Forbinder</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Intet svar</translation>
    </message>
    <message>
        <source>Needs settings</source>
        <translation>Kræver indstillinger</translation>
    </message>
    <message>
        <source>Needs a sign-in</source>
        <translation>Kræver login</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Unknown</source>
        <translation>Ukendt</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Ledig</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Ringer</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Optaget</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Fraværende</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Telefon ikke tilmeldt</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>Taler i telefon</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Forstyr ikke</translation>
    </message>
    <message>
        <source>no word from the phone</source>
        <translation>intet fra telefonen</translation>
    </message>
    <message>
        <source>last known since {time}</source>
        <translation>sidst kendt, siden {time}</translation>
    </message>
    <message>
        <source>appointment</source>
        <translation>aftale</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>siden {time}</translation>
    </message>
</context>
<context>
    <name>Teams</name>
    <message>
        <source>Available</source>
        <translation>Ledig</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Ikke til stede</translation>
    </message>
    <message>
        <source>Be right back</source>
        <translation>Straks tilbage</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Optaget</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Forstyr ikke</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>ukendt</translation>
    </message>
</context>
<context>
    <name>Top</name>
    <message>
        <source>longest wait {time}</source>
        <translation>længste ventetid {time}</translation>
    </message>
    <message>
        <source>longer than it should</source>
        <translation>længere end den bør</translation>
    </message>
    <message>
        <source>not logged in</source>
        <translation>ikke logget på</translation>
    </message>
    <message>
        <source>longest {time}</source>
        <translation>længst {time}</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>forbundet</translation>
    </message>
    <message>
        <source>Callbacks</source>
        <translation>Tilbagekald</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>Week {number} · {days}</source>
        <translation>Uge {number} · {days}</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Kollega</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Only free</source>
        <translation>Kun ledige</translation>
    </message>
    <message>
        <source>on</source>
        <translation>til</translation>
    </message>
    <message>
        <source>off</source>
        <translation>fra</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Uge</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dag</translation>
    </message>
</context>
<context>
    <name>Where</name>
    <message>
        <source>{caller} still waits in the queue.</source>
        <translation>{caller} venter stadig i køen.</translation>
    </message>
    <message>
        <source>{caller} is still with you.</source>
        <translation>{caller} er stadig hos dig.</translation>
    </message>
    <message>
        <source>{caller} is still on hold.</source>
        <translation>{caller} er stadig på hold.</translation>
    </message>
    <message>
        <source>{caller} is still in the consultation.</source>
        <translation>{caller} er stadig i forespørgslen.</translation>
    </message>
    <message>
        <source>{caller} still waits for {target}.</source>
        <translation>{caller} venter stadig på {target}.</translation>
    </message>
    <message>
        <source>{caller} is still parked.</source>
        <translation>{caller} er stadig parkeret.</translation>
    </message>
    <message>
        <source>{caller} still rings at {target}.</source>
        <translation>{caller} ringer stadig hos {target}.</translation>
    </message>
    <message>
        <source>{caller} is still being called.</source>
        <translation>{caller} bliver stadig ringet op.</translation>
    </message>
    <message>
        <source>{caller} is on the way to a voicemail.</source>
        <translation>{caller} er på vej til en telefonsvarer.</translation>
    </message>
    <message>
        <source>{caller} talks with {target}.</source>
        <translation>{caller} taler med {target}.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>{target} did not answer.</source>
        <translation>{target} svarede ikke.</translation>
    </message>
    <message>
        <source>{target} is busy.</source>
        <translation>{target} er optaget.</translation>
    </message>
    <message>
        <source>{target} rejected the call.</source>
        <translation>{target} afviste opkaldet.</translation>
    </message>
    <message>
        <source>{target} cannot be reached.</source>
        <translation>{target} kan ikke nås.</translation>
    </message>
    <message>
        <source>{target} hung up.</source>
        <translation>{target} lagde på.</translation>
    </message>
    <message>
        <source>The connection to {target} failed.</source>
        <translation>Forbindelsen til {target} mislykkedes.</translation>
    </message>
    <message>
        <source>The phone of {target} went away.</source>
        <translation>{target}s telefon forsvandt.</translation>
    </message>
    <message>
        <source>Nobody fetched the parked call.</source>
        <translation>Ingen hentede det parkerede opkald.</translation>
    </message>
</context>
</TS>