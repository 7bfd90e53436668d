<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="da">
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
        <source>the phone is kept open</source>
        <translation>telefonen holdes åben</translation>
    </message>
    <message>
        <source>to voicemail</source>
        <translation>til telefonsvarer</translation>
    </message>
    <message>
        <source>diverted to {who}</source>
        <translation>viderestil til {who}</translation>
    </message>
    <message>
        <source>Teams: {word}</source>
        <translation>Teams: {word}</translation>
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
        <source>Your groups are unchanged.</source>
        <translation>Dine grupper er uændrede.</translation>
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
        <source>All three talk</source>
        <translation>Alle tre taler sammen</translation>
    </message>
    <message>
        <source>To the mobile phone</source>
        <translation>Til mobiltelefonen</translation>
    </message>
    <message>
        <source>Transfer although the line is busy</source>
        <translation>Stil om, selv om linjen er optaget</translation>
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
        <source>Show the colleague's day, or seven days</source>
        <translation>Vis kollegaens dag eller syv dage</translation>
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
        <source>not connected</source>
        <translation>ikke tilmeldt</translation>
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
        <source>There is no call {number} in the list.</source>
        <translation>Der er intet opkald {number} på listen.</translation>
    </message>
    <message>
        <source>There is no stand-in {number}.</source>
        <translation>Der er intet alternativ {number}.</translation>
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
        <source>Storage</source>
        <translation>Lager</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Kartotek</translation>
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