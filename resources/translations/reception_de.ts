<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="de">
<context>
    <name>Call</name>
    <message>
        <source>Transfer</source>
        <translation>Vermitteln</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Parken</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>No call in hand</source>
        <translation>Kein Gespräch</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Who is waiting is not known yet</source>
        <translation>Wer wartet, ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Last known; the connection is down</source>
        <translation>Zuletzt bekannt; die Verbindung ist unterbrochen</translation>
    </message>
    <message>
        <source>Rings at your phone</source>
        <translation>Klingelt an Ihrem Telefon</translation>
    </message>
    <message>
        <source>Wants to be called back</source>
        <translation>Wünscht einen Rückruf</translation>
    </message>
    <message>
        <source>Waits for an answer</source>
        <translation>Wartet auf Annahme</translation>
    </message>
    <message>
        <source>Last spoke with {who} · {time}</source>
        <translation>Sprach zuletzt mit {who} · {time}</translation>
    </message>
    <message>
        <source>Nobody is waiting</source>
        <translation>Niemand wartet</translation>
    </message>
    <message>
        <source>You are ready for calls</source>
        <translation>Sie sind bereit für Anrufe</translation>
    </message>
    <message>
        <source>You are on a break · F12 makes you ready</source>
        <translation>Sie machen Pause · F12 macht Sie bereit</translation>
    </message>
    <message>
        <source>You are logged out · F12 logs you in</source>
        <translation>Sie sind abgemeldet · F12 meldet Sie an</translation>
    </message>
    <message>
        <source>Last known call</source>
        <translation>Zuletzt bekanntes Gespräch</translation>
    </message>
    <message>
        <source>Call in hand</source>
        <translation>Aktives Gespräch</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Waiting at a colleague</source>
        <translation>Wartet bei Kollegen</translation>
    </message>
    <message>
        <source>answering …</source>
        <translation>wird angenommen …</translation>
    </message>
    <message>
        <source>putting on hold …</source>
        <translation>wird gehalten …</translation>
    </message>
    <message>
        <source>fetching …</source>
        <translation>wird geholt …</translation>
    </message>
    <message>
        <source>transferring …</source>
        <translation>wird vermittelt …</translation>
    </message>
    <message>
        <source>calling the colleague …</source>
        <translation>Kollege wird angerufen …</translation>
    </message>
    <message>
        <source>swapping …</source>
        <translation>wird gewechselt …</translation>
    </message>
    <message>
        <source>connecting the two …</source>
        <translation>beide werden verbunden …</translation>
    </message>
    <message>
        <source>joining all three …</source>
        <translation>Konferenz wird aufgebaut …</translation>
    </message>
    <message>
        <source>back to the caller …</source>
        <translation>zurück zum Anrufer …</translation>
    </message>
    <message>
        <source>sending to voicemail …</source>
        <translation>geht an die Voicemail …</translation>
    </message>
    <message>
        <source>parking …</source>
        <translation>wird geparkt …</translation>
    </message>
    <message>
        <source>placing at the colleague …</source>
        <translation>wird beim Kollegen eingereiht …</translation>
    </message>
    <message>
        <source>hanging up …</source>
        <translation>wird aufgelegt …</translation>
    </message>
    <message>
        <source>sending tones …</source>
        <translation>Töne werden gesendet …</translation>
    </message>
    <message>
        <source>removing …</source>
        <translation>wird entfernt …</translation>
    </message>
    <message>
        <source>Calling your phone …</source>
        <translation>Ihr Telefon wird gerufen …</translation>
    </message>
    <message>
        <source>Talking with the caller; {target} waits</source>
        <translation>Sie sprechen mit dem Anrufer; {target} wartet</translation>
    </message>
    <message>
        <source>Talking with {target}; the caller waits</source>
        <translation>Sie sprechen mit {target}; der Anrufer wartet</translation>
    </message>
    <message>
        <source>Conference with {target}</source>
        <translation>Konferenz mit {target}</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>ausgehend</translation>
    </message>
    <message>
        <source>via {group}</source>
        <translation>über {group}</translation>
    </message>
    <message>
        <source>diverted by {who}</source>
        <translation>umgeleitet von {who}</translation>
    </message>
    <message>
        <source>{target} is being called; the caller waits</source>
        <translation>{target} wird gerufen; der Anrufer wartet</translation>
    </message>
    <message>
        <source>Ringing at {target}; the caller waits</source>
        <translation>Klingelt bei {target}; der Anrufer wartet</translation>
    </message>
    <message>
        <source>Being called back …</source>
        <translation>Wird zurückgerufen …</translation>
    </message>
    <message>
        <source>Being called …</source>
        <translation>Wird gerufen …</translation>
    </message>
    <message>
        <source>On hold by your phone's own key</source>
        <translation>Am Telefon selbst gehalten</translation>
    </message>
    <message>
        <source>In conversation</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>back: {why}</source>
        <translation>zurück: {why}</translation>
    </message>
    <message>
        <source>by {who}</source>
        <translation>von {who}</translation>
    </message>
    <message>
        <source>camp-on → {target}</source>
        <translation>Camp-on → {target}</translation>
    </message>
    <message>
        <source>{words} (talking)</source>
        <translation>{words} (spricht)</translation>
    </message>
    <message>
        <source>rings at {target}</source>
        <translation>klingelt bei {target}</translation>
    </message>
    <message>
        <source>parked · slot {slot}</source>
        <translation>geparkt · Platz {slot}</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>Rückruf</translation>
    </message>
    <message>
        <source>{callback} · tries: {tries}</source>
        <translation>{callback} · Versuche: {tries}</translation>
    </message>
    <message>
        <source>{group} · rings at your phone</source>
        <translation>{group} · klingelt bei Ihnen</translation>
    </message>
    <message>
        <source>number {position} in the queue</source>
        <translation>Position {position} in der Warteschlange</translation>
    </message>
    <message>
        <source>for {time}</source>
        <translation>seit {time}</translation>
    </message>
    <message>
        <source>longer than it should</source>
        <translation>länger als vorgesehen</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Unterdrückte Rufnummer</translation>
    </message>
</context>
<context>
    <name>Cap</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Nobody selected</source>
        <translation>Niemand gewählt</translation>
    </message>
    <message>
        <source>Type a name, a department or a number.</source>
        <translation>Namen, Abteilung oder Nummer eingeben.</translation>
    </message>
    <message>
        <source>Card of {name}</source>
        <translation>Karte von {name}</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Stand-ins</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Gezeigte Zeit</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Seven days</source>
        <translation>Sieben Tage</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>Free until {time}</source>
        <translation>Frei bis {time}</translation>
    </message>
    <message>
        <source>No end is known</source>
        <translation>Ohne Endzeit</translation>
    </message>
    <message>
        <source>Back {time}</source>
        <translation>Zurück {time}</translation>
    </message>
    <message>
        <source>{back} — then free until {time}</source>
        <translation>{back} — danach frei bis {time}</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>um {time}</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>the phone is kept open</source>
        <translation>Telefon bleibt offen</translation>
    </message>
    <message>
        <source>to voicemail</source>
        <translation>an Voicemail</translation>
    </message>
    <message>
        <source>diverted to {who}</source>
        <translation>umgeleitet an {who}</translation>
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
        <translation>heute</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>morgen</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>bis {time}</translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation>ab {time}</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>ganztägig</translation>
    </message>
    <message>
        <source>Today: {answered} answered · {lost} lost · {wait} mean wait</source>
        <translation>Heute: {answered} angenommen · {lost} verloren · {wait} Ø Wartezeit</translation>
    </message>
</context>
<context>
    <name>Failed</name>
    <message>
        <source>Not answered.</source>
        <translation>Nicht angenommen.</translation>
    </message>
    <message>
        <source>Not put on hold.</source>
        <translation>Nicht gehalten.</translation>
    </message>
    <message>
        <source>Not fetched from hold.</source>
        <translation>Halten nicht beendet.</translation>
    </message>
    <message>
        <source>Not transferred.</source>
        <translation>Nicht vermittelt.</translation>
    </message>
    <message>
        <source>The colleague was not called.</source>
        <translation>Der Kollege wurde nicht angerufen.</translation>
    </message>
    <message>
        <source>Not swapped.</source>
        <translation>Nicht gewechselt.</translation>
    </message>
    <message>
        <source>The two were not connected.</source>
        <translation>Die beiden wurden nicht verbunden.</translation>
    </message>
    <message>
        <source>No conference.</source>
        <translation>Keine Konferenz.</translation>
    </message>
    <message>
        <source>The consultation goes on.</source>
        <translation>Die Rückfrage geht weiter.</translation>
    </message>
    <message>
        <source>Not sent to voicemail.</source>
        <translation>Nicht an die Voicemail vermittelt.</translation>
    </message>
    <message>
        <source>Not parked.</source>
        <translation>Nicht geparkt.</translation>
    </message>
    <message>
        <source>No camp-on.</source>
        <translation>Kein Camp-on.</translation>
    </message>
    <message>
        <source>Not fetched.</source>
        <translation>Nicht geholt.</translation>
    </message>
    <message>
        <source>Not hung up.</source>
        <translation>Nicht aufgelegt.</translation>
    </message>
    <message>
        <source>The tones were not sent.</source>
        <translation>Die Töne wurden nicht gesendet.</translation>
    </message>
    <message>
        <source>Not called.</source>
        <translation>Nicht angerufen.</translation>
    </message>
    <message>
        <source>The callback was not removed.</source>
        <translation>Der Rückruf wurde nicht entfernt.</translation>
    </message>
    <message>
        <source>Your own state is unchanged.</source>
        <translation>Ihr eigener Status ist unverändert.</translation>
    </message>
    <message>
        <source>Your groups are unchanged.</source>
        <translation>Ihre Gruppen sind unverändert.</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>My groups</source>
        <translation>Meine Gruppen</translation>
    </message>
    <message>
        <source>Press the number to log in or out, Esc to close.</source>
        <translation>Nummer drücken zum An- oder Abmelden, Esc schließt.</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>logged out</source>
        <translation>abgemeldet</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Take a call</source>
        <translation>Anruf annehmen</translation>
    </message>
    <message>
        <source>Free: answer the marked or the oldest call</source>
        <translation>Frei: markierten oder ältesten Anruf annehmen</translation>
    </message>
    <message>
        <source>Free: call the colleague, or the number typed</source>
        <translation>Frei: den Kollegen oder die getippte Nummer anrufen</translation>
    </message>
    <message>
        <source>Answer the next call; the present one goes on hold</source>
        <translation>Nächsten Anruf annehmen; der jetzige wird gehalten</translation>
    </message>
    <message>
        <source>Fetch this call of the list, wherever it waits</source>
        <translation>Diesen Anruf der Liste holen, wo er auch wartet</translation>
    </message>
    <message>
        <source>Mark a call in the list; Ctrl 0 fetches it</source>
        <translation>Anruf in der Liste markieren; Strg 0 holt ihn</translation>
    </message>
    <message>
        <source>Hold, and fetch again; grab back a transfer that rings</source>
        <translation>Halten und zurückholen; klingelnde Übergabe zurückholen</translation>
    </message>
    <message>
        <source>Park the call; free: fetch a parked one</source>
        <translation>Anruf parken; frei: geparkten holen</translation>
    </message>
    <message>
        <source>Remove the marked callback</source>
        <translation>Markierten Rückruf entfernen</translation>
    </message>
    <message>
        <source>Pass it on</source>
        <translation>Weitergeben</translation>
    </message>
    <message>
        <source>Transfer to the selection, or to the number typed</source>
        <translation>An die Auswahl oder getippte Nummer vermitteln</translation>
    </message>
    <message>
        <source>Talk with the colleague first; again: connect the two</source>
        <translation>Erst mit dem Kollegen sprechen; nochmals: verbinden</translation>
    </message>
    <message>
        <source>Give the consultation up; in a call: hang up</source>
        <translation>Rückfrage abbrechen; im Gespräch: auflegen</translation>
    </message>
    <message>
        <source>Swap between caller and colleague, or between two calls</source>
        <translation>Zwischen Anrufer und Kollege oder zwei Anrufen wechseln</translation>
    </message>
    <message>
        <source>All three talk</source>
        <translation>Alle drei sprechen</translation>
    </message>
    <message>
        <source>To the mobile phone</source>
        <translation>An das Mobiltelefon</translation>
    </message>
    <message>
        <source>Transfer although the line is busy</source>
        <translation>Vermitteln, obwohl besetzt ist</translation>
    </message>
    <message>
        <source>Let the caller wait until the colleague is free</source>
        <translation>Anrufer warten lassen, bis der Kollege frei ist</translation>
    </message>
    <message>
        <source>To the colleague's voicemail</source>
        <translation>An die Voicemail des Kollegen</translation>
    </message>
    <message>
        <source>To a stand-in; free: show the stand-in</source>
        <translation>An die Vertretung; frei: Vertretung zeigen</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Send the digits typed as tones</source>
        <translation>Getippte Ziffern als Töne senden</translation>
    </message>
    <message>
        <source>Find and see</source>
        <translation>Finden und sehen</translation>
    </message>
    <message>
        <source>Move the selection; typing goes on</source>
        <translation>Auswahl bewegen, während man tippt</translation>
    </message>
    <message>
        <source>To the search field, all of it selected</source>
        <translation>Zum Suchfeld, alles markiert</translation>
    </message>
    <message>
        <source>Use the colleague's next number</source>
        <translation>Nächste Nummer des Kollegen nehmen</translation>
    </message>
    <message>
        <source>Show the colleague's day, or seven days</source>
        <translation>Den Tag oder sieben Tage zeigen</translation>
    </message>
    <message>
        <source>Open or close the card in a narrow window</source>
        <translation>Karte im schmalen Fenster öffnen oder schließen</translation>
    </message>
    <message>
        <source>Ready, or pause; with ⇧ log out</source>
        <translation>Bereit oder Pause; mit ⇧ abmelden</translation>
    </message>
    <message>
        <source>Log in to and out of groups: then 1…9</source>
        <translation>An Gruppen an- und abmelden: dann 1…9</translation>
    </message>
    <message>
        <source>Close, clear, back out. Never hangs up</source>
        <translation>Schließen, leeren, zurück. Legt nie auf</translation>
    </message>
    <message>
        <source>Close Reception; calls go on</source>
        <translation>Reception schließen; Gespräche gehen weiter</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
</context>
<context>
    <name>Key</name>
    <message>
        <source>Answer / transfer</source>
        <translation>Annehmen / vermitteln</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>To mobile</source>
        <translation>An Mobil</translation>
    </message>
    <message>
        <source>Transfer anyway</source>
        <translation>Trotzdem vermitteln</translation>
    </message>
    <message>
        <source>Back / hang up</source>
        <translation>Zurück / auflegen</translation>
    </message>
    <message>
        <source>Back, never hangs up</source>
        <translation>Zurück, legt nie auf</translation>
    </message>
    <message>
        <source>Answer next</source>
        <translation>Nächsten annehmen</translation>
    </message>
    <message>
        <source>Hold / fetch</source>
        <translation>Halten / holen</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Camp-on</source>
        <translation>Camp-on</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Voicemail</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Park / fetch</source>
        <translation>Parken / holen</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Konferenz</translation>
    </message>
    <message>
        <source>Ready / pause</source>
        <translation>Bereit / Pause</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Send tones</source>
        <translation>Töne senden</translation>
    </message>
    <message>
        <source>Fetch the marked call</source>
        <translation>Markierten Anruf holen</translation>
    </message>
    <message>
        <source>Remove callback</source>
        <translation>Rückruf entfernen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>My groups</source>
        <translation>Meine Gruppen</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Andere Nummer</translation>
    </message>
    <message>
        <source>Day / week</source>
        <translation>Tag / Woche</translation>
    </message>
    <message>
        <source>Previous colleague</source>
        <translation>Voriger Kollege</translation>
    </message>
    <message>
        <source>Next colleague</source>
        <translation>Nächster Kollege</translation>
    </message>
    <message>
        <source>A page up</source>
        <translation>Eine Seite hoch</translation>
    </message>
    <message>
        <source>A page down</source>
        <translation>Eine Seite runter</translation>
    </message>
    <message>
        <source>First colleague</source>
        <translation>Erster Kollege</translation>
    </message>
    <message>
        <source>Last colleague</source>
        <translation>Letzter Kollege</translation>
    </message>
    <message>
        <source>Mark a call further up</source>
        <translation>Anruf weiter oben markieren</translation>
    </message>
    <message>
        <source>Mark a call further down</source>
        <translation>Anruf weiter unten markieren</translation>
    </message>
    <message>
        <source>Close Reception</source>
        <translation>Reception schließen</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>klingelt</translation>
    </message>
    <message>
        <source>talking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>hält</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht angemeldet</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>The call has ended.</source>
        <translation>Der Anruf ist beendet.</translation>
    </message>
    <message>
        <source>No call is waiting.</source>
        <translation>Es wartet kein Anruf.</translation>
    </message>
    <message>
        <source>{by} answered it first.</source>
        <translation>{by} war schneller.</translation>
    </message>
    <message>
        <source>The call is with {owner}.</source>
        <translation>Der Anruf ist bei {owner}.</translation>
    </message>
    <message>
        <source>That cannot be done now: the call {place}.</source>
        <translation>Das geht jetzt nicht: der Anruf {place}.</translation>
    </message>
    <message>
        <source>Finish the consultation first: Enter connects the two, numeric − gives up.</source>
        <translation>Erst die Rückfrage beenden: Enter verbindet beide, Ziffernblock − bricht ab.</translation>
    </message>
    <message>
        <source>The connection is not there yet. Wait a moment.</source>
        <translation>Die Verbindung steht noch nicht. Einen Augenblick.</translation>
    </message>
    <message>
        <source>{target} is busy. F6 lets the caller wait there, F7 offers the voicemail.</source>
        <translation>{target} ist besetzt. F6 lässt den Anrufer dort warten, F7 ist die Voicemail.</translation>
    </message>
    <message>
        <source>The phone of {target} cannot be reached.</source>
        <translation>Das Telefon von {target} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>{target} is free: Enter passes the call on.</source>
        <translation>{target} ist frei: Enter vermittelt.</translation>
    </message>
    <message>
        <source>That is your own phone.</source>
        <translation>Das ist Ihr eigenes Telefon.</translation>
    </message>
    <message>
        <source>Nobody tells when {target} gets free. Enter transfers, F7 is voicemail.</source>
        <translation>Niemand meldet, wann {target} frei wird. Enter vermittelt, F7 ist die Voicemail.</translation>
    </message>
    <message>
        <source>Camp-on is switched off for this group.</source>
        <translation>Camp-on ist für diese Gruppe ausgeschaltet.</translation>
    </message>
    <message>
        <source>Already {size} callers wait for {target}; there is no room for more.</source>
        <translation>Es warten schon {size} auf {target}; mehr Platz gibt es nicht.</translation>
    </message>
    <message>
        <source>The colleague has not answered yet.</source>
        <translation>Der Kollege hat noch nicht angenommen.</translation>
    </message>
    <message>
        <source>{target} has no voicemail.</source>
        <translation>{target} hat keine Voicemail.</translation>
    </message>
    <message>
        <source>No mobile number is known for {target}.</source>
        <translation>Für {target} ist keine Mobilnummer bekannt.</translation>
    </message>
    <message>
        <source>{number} is not a number that can be called.</source>
        <translation>{number} ist keine Nummer, die man anrufen kann.</translation>
    </message>
    <message>
        <source>Only 0–9, * and # can be sent, not {digits}.</source>
        <translation>Nur 0–9, * und # können gesendet werden, nicht {digits}.</translation>
    </message>
    <message>
        <source>All parking slots are taken.</source>
        <translation>Alle Parkplätze sind belegt.</translation>
    </message>
    <message>
        <source>The group {group} does not exist any more.</source>
        <translation>Die Gruppe {group} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You still have calls: {count}. Pass them on or end them first.</source>
        <translation>Sie haben noch Anrufe: {count}. Erst weitergeben oder beenden.</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached; calls go on without the console.</source>
        <translation>Die Telefonanlage ist nicht erreichbar; Gespräche gehen ohne die Konsole weiter.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Sie sind nicht angemeldet.</translation>
    </message>
    <message>
        <source>The telephone system refused: {error}.</source>
        <translation>Die Telefonanlage hat abgelehnt: {error}.</translation>
    </message>
    <message>
        <source>The connection to Reception is down; it is being restored.</source>
        <translation>Die Verbindung zu Reception ist unterbrochen; sie wird wiederhergestellt.</translation>
    </message>
    <message>
        <source>No answer came in time. Look at the call before you try again.</source>
        <translation>Es kam rechtzeitig keine Antwort. Erst den Anruf ansehen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Reception made an error. It is in the hub's log.</source>
        <translation>Reception hat einen Fehler gemacht. Er steht im Protokoll des Hubs.</translation>
    </message>
    <message>
        <source>{caller} is back with you, on hold.</source>
        <translation>{caller} ist wieder bei Ihnen, gehalten.</translation>
    </message>
    <message>
        <source>{caller} is back in the queue.</source>
        <translation>{caller} ist wieder in der Warteschlange.</translation>
    </message>
    <message>
        <source>You are with {caller} again.</source>
        <translation>Sie sind wieder bei {caller}.</translation>
    </message>
    <message>
        <source>Your own phone did not take the call.</source>
        <translation>Ihr eigenes Telefon hat den Anruf nicht angenommen.</translation>
    </message>
    <message>
        <source>{caller} is where they were. Is the phone on, and the handset down?</source>
        <translation>{caller} ist, wo er war. Ist das Telefon an und der Hörer aufgelegt?</translation>
    </message>
    <message>
        <source>Your own phone went away.</source>
        <translation>Ihr eigenes Telefon ist weg.</translation>
    </message>
    <message>
        <source>{caller} is on hold and safe. F4 fetches the call.</source>
        <translation>{caller} wird sicher gehalten. F4 holt den Anruf.</translation>
    </message>
    <message>
        <source>Your call to {target} has ended.</source>
        <translation>Ihr Anruf bei {target} ist beendet.</translation>
    </message>
    <message>
        <source>{caller} was called back without success.</source>
        <translation>{caller} wurde ohne Erfolg zurückgerufen.</translation>
    </message>
    <message>
        <source>{why} That was try {tries} of {max_tries}; the entry is still in the queue.</source>
        <translation>{why} Das war Versuch {tries} von {max_tries}; der Rückruf steht weiter in der Warteschlange.</translation>
    </message>
    <message>
        <source>{caller} could not be called back.</source>
        <translation>{caller} konnte nicht zurückgerufen werden.</translation>
    </message>
    <message>
        <source>All {tries} tries are used; the entry is removed.</source>
        <translation>Alle {tries} Versuche sind verbraucht; der Rückruf ist entfernt.</translation>
    </message>
    <message>
        <source>{caller} still waits for {target}.</source>
        <translation>{caller} wartet noch auf {target}.</translation>
    </message>
    <message>
        <source>For {seconds} seconds now. Fetch the call, or let it wait.</source>
        <translation>Schon {seconds} Sekunden. Anruf holen oder warten lassen.</translation>
    </message>
    <message>
        <source>{caller} is still on hold.</source>
        <translation>{caller} wird noch gehalten.</translation>
    </message>
    <message>
        <source>For {seconds} seconds now. F4 fetches the call.</source>
        <translation>Schon {seconds} Sekunden. F4 holt den Anruf.</translation>
    </message>
    <message>
        <source>The voicemail of {target} did not take the call.</source>
        <translation>Die Voicemail von {target} hat den Anruf nicht angenommen.</translation>
    </message>
    <message>
        <source>The two could not be connected.</source>
        <translation>Die beiden konnten nicht verbunden werden.</translation>
    </message>
    <message>
        <source>{caller} is still there. The telephone system said: {error}.</source>
        <translation>{caller} ist noch da. Die Telefonanlage sagte: {error}.</translation>
    </message>
    <message>
        <source>The call with {caller} was lost.</source>
        <translation>Das Gespräch mit {caller} ging verloren.</translation>
    </message>
    <message>
        <source>The line broke while the connection was down.</source>
        <translation>Die Leitung brach ab, während die Verbindung unterbrochen war.</translation>
    </message>
    <message>
        <source>The tones did not reach {caller}.</source>
        <translation>Die Töne haben {caller} nicht erreicht.</translation>
    </message>
    <message>
        <source>The telephone system said: {error}. The call goes on.</source>
        <translation>Die Telefonanlage sagte: {error}. Das Gespräch geht weiter.</translation>
    </message>
    <message>
        <source>No answer from {address}.</source>
        <translation>Keine Antwort von {address}.</translation>
    </message>
    <message>
        <source>{address} does not accept the password of {user}.</source>
        <translation>{address} nimmt das Passwort von {user} nicht an.</translation>
    </message>
    <message>
        <source>There is no telephone system at {address}.</source>
        <translation>Unter {address} ist keine Telefonanlage.</translation>
    </message>
    <message>
        <source>The telephone system lacks the modules {modules}.</source>
        <translation>Der Telefonanlage fehlen die Module {modules}.</translation>
    </message>
    <message>
        <source>The telephone system at {address} is stuck and must be restarted.</source>
        <translation>Die Telefonanlage unter {address} hängt und muss neu gestartet werden.</translation>
    </message>
    <message>
        <source>A second program uses the application name {app}.</source>
        <translation>Ein zweites Programm benutzt den Anwendungsnamen {app}.</translation>
    </message>
    <message>
        <source>No secure connection to {address}: {error}.</source>
        <translation>Keine sichere Verbindung zu {address}: {error}.</translation>
    </message>
    <message>
        <source>The setting {setting} is wrong: {error}.</source>
        <translation>Die Einstellung {setting} ist falsch: {error}.</translation>
    </message>
    <message>
        <source>This console does not fit the hub.</source>
        <translation>Diese Konsole passt nicht zum Hub.</translation>
    </message>
    <message>
        <source>It speaks version {theirs}, the hub {ours}. Install the same release on both.</source>
        <translation>Sie spricht Version {theirs}, der Hub {ours}. Auf beiden dieselbe Ausgabe installieren.</translation>
    </message>
    <message>
        <source>The hub does not know this console.</source>
        <translation>Der Hub kennt diese Konsole nicht.</translation>
    </message>
    <message>
        <source>Ask the administrator for a new access token.</source>
        <translation>Bitten Sie den Administrator um einen neuen Zugangsschlüssel.</translation>
    </message>
    <message>
        <source>The hub did not understand this console.</source>
        <translation>Der Hub hat diese Konsole nicht verstanden.</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>The console sent too much at once.</source>
        <translation>Die Konsole hat zu viel auf einmal gesendet.</translation>
    </message>
    <message>
        <source>The limit is {limit} bytes.</source>
        <translation>Die Grenze ist {limit} Byte.</translation>
    </message>
    <message>
        <source>Is there a Reception hub at this address?</source>
        <translation>Ist unter dieser Adresse ein Reception-Hub?</translation>
    </message>
    <message>
        <source>The connection was too slow.</source>
        <translation>Die Verbindung war zu langsam.</translation>
    </message>
    <message>
        <source>It is being made anew.</source>
        <translation>Sie wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>Nobody is selected. Type a name or a number first.</source>
        <translation>Niemand ist gewählt. Erst Namen oder Nummer eingeben.</translation>
    </message>
    <message>
        <source>You have no call now. Enter or F2 answers.</source>
        <translation>Sie haben jetzt kein Gespräch. Enter oder F2 nimmt an.</translation>
    </message>
    <message>
        <source>No number is known for {target}.</source>
        <translation>Für {target} ist keine Nummer bekannt.</translation>
    </message>
    <message>
        <source>There is nobody to change to: no consultation, no other call.</source>
        <translation>Es gibt niemanden zum Wechseln: keine Rückfrage, kein zweiter Anruf.</translation>
    </message>
    <message>
        <source>There is no call of yours to fetch.</source>
        <translation>Sie haben keinen Anruf zu holen.</translation>
    </message>
    <message>
        <source>No call is parked.</source>
        <translation>Kein Anruf ist geparkt.</translation>
    </message>
    <message>
        <source>You have this call already.</source>
        <translation>Sie haben diesen Anruf schon.</translation>
    </message>
    <message>
        <source>Type the digits first, then Ctrl+D sends them as tones.</source>
        <translation>Erst die Ziffern tippen, dann sendet Strg+D sie als Töne.</translation>
    </message>
    <message>
        <source>Mark the callback first with Ctrl+↑ and Ctrl+↓, then Ctrl+Delete removes it.</source>
        <translation>Erst den Rückruf mit Strg+↑ und Strg+↓ markieren, dann entfernt ihn Strg+Entf.</translation>
    </message>
    <message>
        <source>There is no call {number} in the list.</source>
        <translation>Es gibt keinen Anruf {number} in der Liste.</translation>
    </message>
    <message>
        <source>There is no stand-in {number}.</source>
        <translation>Es gibt keine Vertretung {number}.</translation>
    </message>
    <message>
        <source>Escape ends no talk. Numeric − gives the consultation up, Enter connects the two.</source>
        <translation>Escape beendet kein Gespräch. Ziffernblock − bricht die Rückfrage ab, Enter verbindet beide.</translation>
    </message>
    <message>
        <source>That is already under way.</source>
        <translation>Das ist schon unterwegs.</translation>
    </message>
    <message>
        <source>{caller} hung up.</source>
        <translation>{caller} hat aufgelegt.</translation>
    </message>
    <message>
        <source>The window made an error.</source>
        <translation>Das Fenster hat einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>Calls are not touched by it. Code for the administrator: {code}.</source>
        <translation>Gespräche sind davon nicht berührt. Code für den Administrator: {code}.</translation>
    </message>
    <message>
        <source>Reception is still starting.</source>
        <translation>Reception startet noch.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>{count} more</source>
        <translation>{count} weitere</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Vermitteln</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>Desk phone</source>
        <translation>Tischtelefon</translation>
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
        <translation>Andere Nummer</translation>
    </message>
</context>
<context>
    <name>Own</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Logged out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>phone rings</source>
        <translation>Telefon klingelt</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Width of the calls</source>
        <translation>Breite der Anrufe</translation>
    </message>
    <message>
        <source>Width of the card</source>
        <translation>Breite der Karte</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Colleagues</source>
        <translation>Kollegen</translation>
    </message>
    <message>
        <source>sounds alike</source>
        <translation>klingt ähnlich</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>≈ sounds alike</source>
        <translation>≈ klingt ähnlich</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>waits in the queue</source>
        <translation>wartet in der Warteschlange</translation>
    </message>
    <message>
        <source>is being answered</source>
        <translation>wird angenommen</translation>
    </message>
    <message>
        <source>is in a conversation</source>
        <translation>ist im Gespräch</translation>
    </message>
    <message>
        <source>is on hold</source>
        <translation>wird gehalten</translation>
    </message>
    <message>
        <source>is in a consultation</source>
        <translation>ist in einer Rückfrage</translation>
    </message>
    <message>
        <source>waits for a colleague</source>
        <translation>wartet auf einen Kollegen</translation>
    </message>
    <message>
        <source>is parked</source>
        <translation>ist geparkt</translation>
    </message>
    <message>
        <source>rings at a colleague</source>
        <translation>klingelt bei einem Kollegen</translation>
    </message>
    <message>
        <source>is being dialled</source>
        <translation>wird angewählt</translation>
    </message>
    <message>
        <source>is on the way to a voicemail</source>
        <translation>ist auf dem Weg zu einer Voicemail</translation>
    </message>
    <message>
        <source>has been passed on</source>
        <translation>ist weitergegeben</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Search for a colleague or type a number</source>
        <translation>Kollegen suchen oder Nummer eingeben</translation>
    </message>
    <message>
        <source>Name, department or number</source>
        <translation>Name, Abteilung oder Nummer</translation>
    </message>
    <message>
        <source>Reception cannot be reached. It is being tried again.</source>
        <translation>Reception ist nicht erreichbar. Es wird weiter versucht.</translation>
    </message>
    <message>
        <source>Connecting to Reception …</source>
        <translation>Verbindung zu Reception …</translation>
    </message>
    <message>
        <source>Nobody has this number. Enter uses {number} as it is.</source>
        <translation>Niemand hat diese Nummer. Enter nimmt {number}, wie sie ist.</translation>
    </message>
    <message>
        <source>Nobody found. Fewer letters find more.</source>
        <translation>Niemand gefunden. Weniger Buchstaben finden mehr.</translation>
    </message>
    <message>
        <source>The directory is empty. The administrator imports people.</source>
        <translation>Das Adressbuch ist leer. Der Administrator importiert Personen.</translation>
    </message>
    <message>
        <source>{found} of {all}</source>
        <translation>{found} von {all}</translation>
    </message>
    <message>
        <source>{count} sound alike</source>
        <translation>{count} klingen ähnlich</translation>
    </message>
    <message>
        <source>↑↓ select</source>
        <translation>↑↓ wählen</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>annehmen</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>vermitteln</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>verbinden</translation>
    </message>
    <message>
        <source>call</source>
        <translation>anrufen</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>holen</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Telephony</source>
        <translation>Telefonie</translation>
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
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Adressbuch</translation>
    </message>
    <message>
        <source>{name} · {minutes} min old</source>
        <translation>{name} · {minutes} min alt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>needs settings</source>
        <translation>braucht Einstellungen</translation>
    </message>
    <message>
        <source>needs a sign-in</source>
        <translation>braucht eine Anmeldung</translation>
    </message>
    <message>
        <source>{name} · {state} for {minutes} min</source>
        <translation>{name} · {state} seit {minutes} min</translation>
    </message>
    <message>
        <source>Reception · connecting</source>
        <translation>Reception · verbindet</translation>
    </message>
    <message>
        <source>Reception</source>
        <translation>Reception</translation>
    </message>
    <message>
        <source>Reception · connection lost</source>
        <translation>Reception · Verbindung verloren</translation>
    </message>
    <message>
        <source>Reception · refused</source>
        <translation>Reception · abgelehnt</translation>
    </message>
    <message>
        <source>the phone</source>
        <translation>Telefon</translation>
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
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Klingelt</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Besetzt</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Telefon nicht angemeldet</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>no word from the phone</source>
        <translation>nichts vom Telefon bekannt</translation>
    </message>
    <message>
        <source>last known since {time}</source>
        <translation>zuletzt bekannt, seit {time}</translation>
    </message>
    <message>
        <source>appointment</source>
        <translation>Termin</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>seit {time}</translation>
    </message>
</context>
<context>
    <name>Teams</name>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Be right back</source>
        <translation>Gleich zurück</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Beschäftigt</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>Top</name>
    <message>
        <source>longest wait {time}</source>
        <translation>längste Wartezeit {time}</translation>
    </message>
    <message>
        <source>longer than it should</source>
        <translation>länger als vorgesehen</translation>
    </message>
    <message>
        <source>not logged in</source>
        <translation>nicht angemeldet</translation>
    </message>
    <message>
        <source>longest {time}</source>
        <translation>längster {time}</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>Callbacks</source>
        <translation>Rückrufe</translation>
    </message>
</context>
<context>
    <name>Where</name>
    <message>
        <source>{caller} still waits in the queue.</source>
        <translation>{caller} wartet weiter in der Warteschlange.</translation>
    </message>
    <message>
        <source>{caller} is still with you.</source>
        <translation>{caller} ist noch bei Ihnen.</translation>
    </message>
    <message>
        <source>{caller} is still on hold.</source>
        <translation>{caller} wird noch gehalten.</translation>
    </message>
    <message>
        <source>{caller} is still in the consultation.</source>
        <translation>{caller} ist noch in der Rückfrage.</translation>
    </message>
    <message>
        <source>{caller} still waits for {target}.</source>
        <translation>{caller} wartet noch auf {target}.</translation>
    </message>
    <message>
        <source>{caller} is still parked.</source>
        <translation>{caller} ist noch geparkt.</translation>
    </message>
    <message>
        <source>{caller} still rings at {target}.</source>
        <translation>{caller} klingelt noch bei {target}.</translation>
    </message>
    <message>
        <source>{caller} is still being called.</source>
        <translation>{caller} wird noch gerufen.</translation>
    </message>
    <message>
        <source>{caller} is on the way to a voicemail.</source>
        <translation>{caller} ist auf dem Weg zu einer Voicemail.</translation>
    </message>
    <message>
        <source>{caller} talks with {target}.</source>
        <translation>{caller} spricht mit {target}.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>{target} did not answer.</source>
        <translation>{target} hat nicht angenommen.</translation>
    </message>
    <message>
        <source>{target} is busy.</source>
        <translation>{target} ist besetzt.</translation>
    </message>
    <message>
        <source>{target} rejected the call.</source>
        <translation>{target} hat den Anruf abgelehnt.</translation>
    </message>
    <message>
        <source>{target} cannot be reached.</source>
        <translation>{target} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>{target} hung up.</source>
        <translation>{target} hat aufgelegt.</translation>
    </message>
    <message>
        <source>The connection to {target} failed.</source>
        <translation>Die Verbindung zu {target} schlug fehl.</translation>
    </message>
    <message>
        <source>The phone of {target} went away.</source>
        <translation>Das Telefon von {target} ist weg.</translation>
    </message>
    <message>
        <source>Nobody fetched the parked call.</source>
        <translation>Niemand hat den geparkten Anruf geholt.</translation>
    </message>
</context>
</TS>