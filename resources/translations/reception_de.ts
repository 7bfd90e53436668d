<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="de">
<context>
    <name>Absence</name>
    <message>
        <source>until 14.30, tomorrow 8-12, week 30</source>
        <translation>bis 14:30, morgen 8-12, KW 30</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Presence profile</source>
        <translation>Präsenzprofil</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Divert to</source>
        <translation>Umleiten an</translation>
    </message>
    <message>
        <source>number or name</source>
        <translation>Nummer oder Name</translation>
    </message>
    <message>
        <source>Subject (colleagues see it)</source>
        <translation>Betreff (für Kollegen sichtbar)</translation>
    </message>
    <message>
        <source>Message for receptionists only</source>
        <translation>Nachricht nur für den Empfang</translation>
    </message>
    <message>
        <source>May be disturbed if it is urgent</source>
        <translation>Darf in dringenden Fällen gestört werden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Can be undone for 60 seconds</source>
        <translation>60 Sekunden lang widerrufbar</translation>
    </message>
    <message>
        <source>Absence of {name}</source>
        <translation>Abwesenheit: {name}</translation>
    </message>
    <message>
        <source>Change: {name}</source>
        <translation>Ändern: {name}</translation>
    </message>
    <message>
        <source>Divert</source>
        <translation>Umleitung speichern</translation>
    </message>
    <message>
        <source>None: as below</source>
        <translation>Keines: wie unten</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>To voicemail</source>
        <translation>Zur Voicemail</translation>
    </message>
    <message>
        <source>Keep the phone open</source>
        <translation>Telefon offen halten</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Unverändert lassen</translation>
    </message>
    <message>
        <source>Divert to …</source>
        <translation>Umleiten an …</translation>
    </message>
    <message>
        <source>When? For example: {example}</source>
        <translation>Wann? Zum Beispiel: {example}</translation>
    </message>
    <message>
        <source>Divert to whom? A number, or the name of a colleague.</source>
        <translation>An wen umleiten? Eine Nummer oder der Name eines Kollegen.</translation>
    </message>
    <message>
        <source>seen as {reason} ({origin})</source>
        <translation>sichtbar als {reason} ({origin})</translation>
    </message>
    <message>
        <source>calls go to {who}</source>
        <translation>Anrufe gehen an {who}</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>heute {time}</translation>
    </message>
    <message>
        <source>{name} {minutes} min</source>
        <translation>{name} {minutes} Min.</translation>
    </message>
    <message>
        <source>The entry is deleted; the calendar is unchanged.</source>
        <translation>Der Eintrag ist gelöscht; der Kalender ist unverändert.</translation>
    </message>
</context>
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
        <source>VIP</source>
        <translation>VIP</translation>
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
        <source>off now</source>
        <translation>zurzeit aus</translation>
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
        <source>diverted</source>
        <translation>umgeleitet</translation>
    </message>
    <message>
        <source>diverted to {who}</source>
        <translation>umgeleitet an {who}</translation>
    </message>
    <message>
        <source>Teams: {word}</source>
        <translation>Teams: {word}</translation>
    </message>
    <message>
        <source>For the caller</source>
        <translation>Für den Anrufer</translation>
    </message>
    <message>
        <source>Set absence</source>
        <translation>Abwesenheit setzen</translation>
    </message>
    <message>
        <source>Other …</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Führungskraft</translation>
    </message>
</context>
<context>
    <name>Contact</name>
    <message>
        <source>Favourite contact</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>VIP contact</source>
        <translation>VIP-Kontakt</translation>
    </message>
    <message>
        <source>Blocked contact</source>
        <translation>Gesperrter Kontakt</translation>
    </message>
    <message>
        <source>Cannot call the reception</source>
        <translation>Kann den Empfang nicht anrufen</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>favorit</translation>
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
    <name>Desk</name>
    <message>
        <source>A report without callers' data lies here and was sent to nobody: {path}</source>
        <translation>Ein Bericht ohne Daten von Anrufern liegt hier und wurde an niemanden gesendet: {path}</translation>
    </message>
    <message>
        <source>Something went wrong in the program the last time.</source>
        <translation>Beim letzten Mal ist im Programm etwas schiefgegangen.</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>absent</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>the phone is kept open</source>
        <translation>Telefon bleibt offen</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>In Teams: “{note}”</source>
        <translation>In Teams: „{note}“</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Eingetragen</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>{source}: {word} since {time}</source>
        <translation>{source}: {word} seit {time}</translation>
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
        <source>Not entered.</source>
        <translation>Nicht eingetragen.</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Nicht gesendet.</translation>
    </message>
    <message>
        <source>Not deleted.</source>
        <translation>Nicht gelöscht.</translation>
    </message>
    <message>
        <source>Not undone.</source>
        <translation>Nicht rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Your groups are unchanged.</source>
        <translation>Ihre Gruppen sind unverändert.</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation>Sichere Verbindung</translation>
    </message>
    <message>
        <source>A mailbox</source>
        <translation>Ein Postfach</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Liste der Konten</translation>
    </message>
    <message>
        <source>People with telephone numbers</source>
        <translation>Personen mit Telefonnummern</translation>
    </message>
    <message>
        <source>Microsoft's page for signing in</source>
        <translation>Die Anmeldeseite von Microsoft</translation>
    </message>
    <message>
        <source>Microsoft's keys</source>
        <translation>Die Schlüssel von Microsoft</translation>
    </message>
    <message>
        <source>The app and its proof</source>
        <translation>Die App und ihr Nachweis</translation>
    </message>
    <message>
        <source>Redirect URI to register at Microsoft, platform Web</source>
        <translation>Redirect URI, die bei Microsoft einzutragen ist, Plattform Web</translation>
    </message>
    <message>
        <source>Permission {what}</source>
        <translation>Berechtigung {what}</translation>
    </message>
    <message>
        <source>Presence of {what}</source>
        <translation>Präsenz von {what}</translation>
    </message>
    <message>
        <source>Mailbox {what}</source>
        <translation>Postfach {what}</translation>
    </message>
    <message>
        <source>Calendar of {what}</source>
        <translation>Kalender von {what}</translation>
    </message>
    <message>
        <source>Free and busy times of {what}</source>
        <translation>Frei- und Gebucht-Zeiten von {what}</translation>
    </message>
    <message>
        <source>Notifications of {what}</source>
        <translation>Benachrichtigungen über {what}</translation>
    </message>
    <message>
        <source>Automatic replies of {what}</source>
        <translation>Automatische Antworten von {what}</translation>
    </message>
    <message>
        <source>Mailbox settings of {what}</source>
        <translation>Postfacheinstellungen von {what}</translation>
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
    <message>
        <source>offers you no calls now: your presence</source>
        <translation>bietet Ihnen jetzt keine Anrufe an: Ihre Präsenz</translation>
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
        <source>In a consultation: all three talk</source>
        <translation>In einer Rückfrage: alle drei sprechen</translation>
    </message>
    <message>
        <source>Select the colleague's manager</source>
        <translation>Die Führungskraft auswählen</translation>
    </message>
    <message>
        <source>Show the day, or the week</source>
        <translation>Den Tag oder die Woche zeigen</translation>
    </message>
    <message>
        <source>Only those who are free; again: all</source>
        <translation>Nur wer frei ist; nochmals: alle</translation>
    </message>
    <message>
        <source>Everybody's time side by side; Alt ← → other days</source>
        <translation>Die Zeit aller nebeneinander; Alt ← → andere Tage</translation>
    </message>
    <message>
        <source>Set an absence (⇧F11 always): one key, or words</source>
        <translation>Abwesenheit setzen (⇧F11 immer): eine Taste, oder Worte</translation>
    </message>
    <message>
        <source>Change or delete an entry; again: the next one</source>
        <translation>Eintrag ändern oder löschen; nochmals: der nächste</translation>
    </message>
    <message>
        <source>Take an absence back, for a minute</source>
        <translation>Abwesenheit zurücknehmen, eine Minute lang</translation>
    </message>
    <message>
        <source>The words for the caller in another language</source>
        <translation>Die Worte für den Anrufer in einer anderen Sprache</translation>
    </message>
    <message>
        <source>To the mobile phone</source>
        <translation>An das Mobiltelefon</translation>
    </message>
    <message>
        <source>Transfer to somebody busy or absent</source>
        <translation>An jemanden vermitteln, der besetzt oder abwesend ist</translation>
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
        <source>Write the colleague a message about the call</source>
        <translation>Dem Kollegen eine Nachricht zum Anruf schreiben</translation>
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
        <source>Favourite contacts; settings</source>
        <translation>Favoriten; Einstellungen</translation>
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
    <name>Hours</name>
    <message>
        <source>No working hours today</source>
        <translation>Heute keine Arbeitszeit</translation>
    </message>
    <message>
        <source>Working hours round the clock</source>
        <translation>Arbeitszeit rund um die Uhr</translation>
    </message>
    <message>
        <source>Working hours {times}</source>
        <translation>Arbeitszeit {times}</translation>
    </message>
    <message>
        <source>outside working hours</source>
        <translation>außerhalb der Arbeitszeit</translation>
    </message>
    <message>
        <source>it is {time} there</source>
        <translation>dort ist es {time}</translation>
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
        <source>Undo</source>
        <translation>Rückgängig</translation>
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
        <source>Message</source>
        <translation>Nachricht</translation>
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
        <source>Absence</source>
        <translation>Abwesenheit</translation>
    </message>
    <message>
        <source>Change an entry</source>
        <translation>Eintrag ändern</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Favourite contacts</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Only free</source>
        <translation>Nur freie</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Führungskraft</translation>
    </message>
    <message>
        <source>Language of the words for the caller</source>
        <translation>Sprache der Worte für den Anrufer</translation>
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
        <source>do not disturb</source>
        <translation>nicht stören</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht angemeldet</translation>
    </message>
</context>
<context>
    <name>Mail</name>
    <message>
        <source>{caller} called you</source>
        <translation>{caller} hat angerufen</translation>
    </message>
    <message>
        <source>Caller: {caller}</source>
        <translation>Anrufer: {caller}</translation>
    </message>
    <message>
        <source>Number: {number}</source>
        <translation>Nummer: {number}</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>Zeit: {time}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>In the mail program</source>
        <translation>Im Mailprogramm</translation>
    </message>
    <message>
        <source>Chat in Teams</source>
        <translation>Chat in Teams</translation>
    </message>
    <message>
        <source>Call in Teams</source>
        <translation>Anruf in Teams</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <translation>Nachricht an {name}</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Send in Teams</source>
        <translation>In Teams senden</translation>
    </message>
    <message>
        <source>It was not sent; the text is still here.</source>
        <translation>Sie wurde nicht gesendet; der Text ist noch da.</translation>
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
        <source>{target} is not there now: {back}.</source>
        <translation>{target} ist gerade nicht da: {back}.</translation>
    </message>
    <message>
        <source>The calls of {target} are diverted, and you have no right to ring there nevertheless.</source>
        <translation>{target} hat die Anrufe umgeleitet, und Sie haben kein Recht, dort trotzdem anzurufen.</translation>
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
        <source>The colleague is not in the directory any more.</source>
        <translation>Die Person steht nicht mehr im Verzeichnis.</translation>
    </message>
    <message>
        <source>The entry is not there any more.</source>
        <translation>Den Eintrag gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You may not change the entries of this colleague.</source>
        <translation>Sie dürfen die Einträge dieser Person nicht ändern.</translation>
    </message>
    <message>
        <source>The end lies before the beginning.</source>
        <translation>Das Ende liegt vor dem Beginn.</translation>
    </message>
    <message>
        <source>That time is over already.</source>
        <translation>Diese Zeit ist schon vorbei.</translation>
    </message>
    <message>
        <source>The shortcut {shortcut} does not exist any more.</source>
        <translation>Das Kürzel {shortcut} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The profile {profile} does not exist any more.</source>
        <translation>Das Profil {profile} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The activity {activity} does not exist any more.</source>
        <translation>Die Aktivität {activity} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>It can be undone for a minute only.</source>
        <translation>Das lässt sich nur eine Minute lang rückgängig machen.</translation>
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
        <source>The settings could not be saved: the folder cannot be written to.</source>
        <translation>Die Einstellungen konnten nicht gespeichert werden: In den Ordner kann nicht geschrieben werden.</translation>
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
        <source>{target} is a contact outside the house: absences are of colleagues.</source>
        <translation>{target} ist ein Kontakt außerhalb des Hauses: Abwesenheiten haben nur Kollegen.</translation>
    </message>
    <message>
        <source>You may not change the time of {target}.</source>
        <translation>Sie dürfen die Zeit von {target} nicht ändern.</translation>
    </message>
    <message>
        <source>{target} has no entry ahead. F11 sets one.</source>
        <translation>{target} hat keinen Eintrag vor sich. F11 setzt einen.</translation>
    </message>
    <message>
        <source>nobody knows until when</source>
        <translation>Ende unbekannt</translation>
    </message>
    <message>
        <source>back {time}</source>
        <translation>zurück {time}</translation>
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
        <source>For {count} colleagues Teams and the phone do not show the same: {people}. The hub's log says why for each.</source>
        <translation>Bei {count} Kollegen zeigen Teams und das Telefon nicht dasselbe: {people}. Das Protokoll des Hubs sagt bei jedem, warum.</translation>
    </message>
    <message>
        <source>{person} has no Teams, so nothing is shown there.</source>
        <translation>{person} hat kein Teams, also wird dort nichts gezeigt.</translation>
    </message>
    <message>
        <source>The line {number} of {person} cannot show calls in Teams: its hint in the telephone system needs a device for them.</source>
        <translation>Die Leitung {number} von {person} kann Anrufe in Teams nicht zeigen: Ihrem Hint in der Telefonanlage fehlt ein Gerät dafür.</translation>
    </message>
    <message>
        <source>Storing takes longer than {seconds} s; calls go on meanwhile.</source>
        <translation>Das Speichern dauert länger als {seconds} s; Anrufe gehen solange weiter.</translation>
    </message>
    <message>
        <source>Faults in {file}: {count}. The first: {error} What it said before holds.</source>
        <translation>Fehler in {file}: {count}. Der erste: {error} Was vorher darin stand, gilt.</translation>
    </message>
    <message>
        <source>The file of people and the directory differ in {count} places. The first: {person}, {field}: {kept} counts, not {other}.</source>
        <translation>Personendatei und Verzeichnis weichen an {count} Stellen voneinander ab. Die erste: {person}, {field}: Es gilt {kept}, nicht {other}.</translation>
    </message>
    <message>
        <source>The calendar {file} cannot be read, line {line}: {error}. What it said before holds.</source>
        <translation>Der Kalender {file} ist nicht lesbar, Zeile {line}: {error}. Was er zuvor sagte, gilt weiter.</translation>
    </message>
    <message>
        <source>The calendar {file} is gone. What it said before holds.</source>
        <translation>Der Kalender {file} ist verschwunden. Was er zuvor sagte, gilt weiter.</translation>
    </message>
    <message>
        <source>The calendar {file} cannot be opened: {error}. What it said before holds.</source>
        <translation>Der Kalender {file} lässt sich nicht öffnen: {error}. Was er zuvor sagte, gilt weiter.</translation>
    </message>
    <message>
        <source>The calendar {file} is too large. What it said before holds.</source>
        <translation>Der Kalender {file} ist zu groß. Was er zuvor sagte, gilt weiter.</translation>
    </message>
    <message>
        <source>{address} gives no calendar: HTTP {status}. What it said before holds.</source>
        <translation>{address} liefert keinen Kalender: HTTP {status}. Was er zuvor sagte, gilt weiter.</translation>
    </message>
    <message>
        <source>Appointments that cannot be read: {count}. The first: {file}, line {line}: {error}.</source>
        <translation>Nicht lesbare Termine: {count}. Der erste: {file}, Zeile {line}: {error}.</translation>
    </message>
    <message>
        <source>The web page listens on all addresses of the computer and has no name. Fill in the address of the web page, as browsers open it.</source>
        <translation>Die Webseite lauscht auf allen Adressen des Computers und hat keinen Namen. Tragen Sie die Adresse der Webseite ein, wie Browser sie öffnen.</translation>
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
        <source>No e-mail address is known for {target}.</source>
        <translation>Für {target} ist keine E-Mail-Adresse bekannt.</translation>
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
        <source>No manager of {target} is in the directory.</source>
        <translation>Für {target} steht keine Führungskraft im Verzeichnis.</translation>
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
    <message>
        <source>Microsoft does not accept the secret of the app {app}: it is wrong or has expired. Make a new one in Microsoft Entra and give it to the hub.</source>
        <translation>Microsoft akzeptiert das Geheimnis der App {app} nicht: Es ist falsch oder abgelaufen. Legen Sie in Microsoft Entra ein neues an und hinterlegen Sie es im Hub.</translation>
    </message>
    <message>
        <source>Microsoft does not accept the certificate of the app {app}. Upload it in Microsoft Entra, or give the hub the one that is there.</source>
        <translation>Microsoft akzeptiert das Zertifikat der App {app} nicht. Laden Sie es in Microsoft Entra hoch oder geben Sie dem Hub das dort hinterlegte.</translation>
    </message>
    <message>
        <source>Microsoft knows no app {app} in the tenant {tenant}. Check client_id and tenant in the hub's settings.</source>
        <translation>Microsoft kennt im Mandanten {tenant} keine App {app}. Prüfen Sie client_id und tenant in den Einstellungen des Hubs.</translation>
    </message>
    <message>
        <source>Microsoft knows no tenant {tenant}. Check tenant in the hub's settings.</source>
        <translation>Microsoft kennt keinen Mandanten {tenant}. Prüfen Sie tenant in den Einstellungen des Hubs.</translation>
    </message>
    <message>
        <source>Microsoft does not let the app {app} sign in: {error}. Ask the administrator of Entra.</source>
        <translation>Microsoft lässt die App {app} nicht anmelden: {error}. Fragen Sie den Administrator von Entra.</translation>
    </message>
    <message>
        <source>Somebody must sign in to Microsoft for the app {app}.</source>
        <translation>Jemand muss sich für die App {app} bei Microsoft anmelden.</translation>
    </message>
    <message>
        <source>Graph does not accept the sign-in of the app {app}: {error}. It is tried again by itself.</source>
        <translation>Graph akzeptiert die Anmeldung der App {app} nicht: {error}. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Graph refuses {permission}: ask an administrator to consent, at {link} ({error}).</source>
        <translation>Graph verweigert {permission}: Bitten Sie einen Administrator um Zustimmung unter {link} ({error}).</translation>
    </message>
    <message>
        <source>Microsoft is busy and asks us to wait {seconds} s. We do.</source>
        <translation>Microsoft ist ausgelastet und bittet uns, {seconds} s zu warten. Das tun wir.</translation>
    </message>
    <message>
        <source>Microsoft has a fault: HTTP {status} {error} (request {request}). It is tried again.</source>
        <translation>Bei Microsoft liegt ein Fehler vor: HTTP {status} {error} (Anfrage {request}). Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>Graph does not understand us: HTTP {status} {error} (request {request}). Tell the maker.</source>
        <translation>Graph versteht uns nicht: HTTP {status} {error} (Anfrage {request}). Melden Sie es dem Hersteller.</translation>
    </message>
    <message>
        <source>Graph's answer about {what} cannot be read. It is asked again; a proxy may be to blame.</source>
        <translation>Die Antwort von Graph zu {what} ist nicht lesbar. Es wird erneut gefragt; womöglich liegt es an einem Proxy.</translation>
    </message>
    <message>
        <source>The calendar of {address} cannot be read: {error}.</source>
        <translation>Der Kalender von {address} ist nicht lesbar: {error}.</translation>
    </message>
    <message>
        <source>{count} of {of} calendars cannot be read; what they said before holds. The first: {address}, {error}.</source>
        <translation>{count} von {of} Kalendern sind nicht lesbar; was sie vorher sagten, gilt weiter. Der erste: {address}, {error}.</translation>
    </message>
    <message>
        <source>Appointments that cannot be read: {count}. The first is in the calendar of {address}.</source>
        <translation>Nicht lesbare Termine: {count}. Der erste steht im Kalender von {address}.</translation>
    </message>
    <message>
        <source>Sent to {target}.</source>
        <translation>An {target} gesendet.</translation>
    </message>
    <message>
        <source>E-mails are not set up on the hub.</source>
        <translation>E-Mails sind auf dem Hub nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Messages in Teams are not set up on the hub: open the chat in Teams.</source>
        <translation>Nachrichten in Teams sind auf dem Hub nicht eingerichtet: Öffnen Sie den Chat in Teams.</translation>
    </message>
    <message>
        <source>Sign in with Microsoft again to write in your own name, or open the chat in Teams.</source>
        <translation>Melden Sie sich erneut mit Microsoft an, um in Ihrem Namen zu schreiben, oder öffnen Sie den Chat in Teams.</translation>
    </message>
    <message>
        <source>There is nothing in the message yet.</source>
        <translation>In der Nachricht steht noch nichts.</translation>
    </message>
    <message>
        <source>It is not known whether the message was sent: look among the sent ones first.</source>
        <translation>Es ist nicht bekannt, ob die Nachricht gesendet wurde: Sehen Sie erst in den gesendeten nach.</translation>
    </message>
    <message>
        <source>Exchange is busy and asks us to wait {seconds} s. We do.</source>
        <translation>Exchange ist ausgelastet und bittet uns, {seconds} s zu warten. Das tun wir.</translation>
    </message>
    <message>
        <source>{user} may not read the calendars of others: it needs the role ApplicationImpersonation, or set impersonation = false.</source>
        <translation>{user} darf die Kalender anderer nicht lesen: Das Konto braucht die Rolle ApplicationImpersonation, oder setzen Sie impersonation = false.</translation>
    </message>
    <message>
        <source>The answer of {address} cannot be read. It is asked again; a proxy may be to blame.</source>
        <translation>Die Antwort von {address} ist nicht lesbar. Es wird erneut gefragt; vielleicht liegt es an einem Proxy.</translation>
    </message>
    <message>
        <source>No mailbox to try: name one with sample, or let the user be an e-mail address.</source>
        <translation>Kein Postfach zum Ausprobieren: Nennen Sie eines mit sample, oder nehmen Sie eine E-Mail-Adresse als user.</translation>
    </message>
    <message>
        <source>This computer's clock and the server's differ by {seconds} s. Have it set by the network.</source>
        <translation>Die Uhr dieses Computers und die des Servers weichen um {seconds} s voneinander ab. Lassen Sie sie über das Netz stellen.</translation>
    </message>
    <message>
        <source>{person} has no account at Microsoft: check the e-mail address in the directory.</source>
        <translation>{person} hat kein Konto bei Microsoft: Prüfen Sie die E-Mail-Adresse im Verzeichnis.</translation>
    </message>
    <message>
        <source>There is no account {sender} at Microsoft. Name a mailbox of the tenant that e-mails come from.</source>
        <translation>Es gibt kein Konto {sender} bei Microsoft. Nennen Sie ein Postfach des Tenants, von dem E-Mails kommen.</translation>
    </message>
    <message>
        <source>Teams lets nothing be shown of {person} ({error}): check the licence for Teams.</source>
        <translation>Teams lässt für {person} nichts anzeigen ({error}): Prüfen Sie die Lizenz für Teams.</translation>
    </message>
    <message>
        <source>There are more people than Microsoft lets us ask for: everybody's turn comes every {seconds} s.</source>
        <translation>Es sind mehr Personen, als Microsoft uns abfragen lässt: Jeder ist alle {seconds} s an der Reihe.</translation>
    </message>
    <message>
        <source>The emulated Microsoft 365 is starting. {count} colleagues are read from it then; the simulated office tells of them until then.</source>
        <translation>Das emulierte Microsoft 365 startet gerade. {count} Kollegen werden dann von dort gelesen; bis dahin sagt das simulierte Büro, wo sie sind.</translation>
    </message>
    <message>
        <source>{people} people, each asked for every {seconds} s: {requests} of {budget} requests a minute.</source>
        <translation>{people} Personen, jede alle {seconds} s abgefragt: {requests} von {budget} Anfragen pro Minute.</translation>
    </message>
    <message>
        <source>Begin again; if it stays so, tell the administrator.</source>
        <translation>Beginnen Sie neu; bleibt es so, sagen Sie es dem Administrator.</translation>
    </message>
    <message>
        <source>Sign in with Microsoft to take calls here.</source>
        <translation>Melden Sie sich mit Microsoft an, um hier Anrufe anzunehmen.</translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>Sie sind abgemeldet.</translation>
    </message>
    <message>
        <source>Sign in to take calls here.</source>
        <translation>Melden Sie sich an, um hier Anrufe anzunehmen.</translation>
    </message>
    <message>
        <source>You are signed out here.</source>
        <translation>Sie sind hier abgemeldet.</translation>
    </message>
    <message>
        <source>The hub could not be told: there your sign-in ends by itself.</source>
        <translation>Der Hub konnte nicht verständigt werden: dort läuft Ihre Anmeldung von selbst ab.</translation>
    </message>
    <message>
        <source>You are signed out until Reception is opened again.</source>
        <translation>Sie sind abgemeldet, bis Reception wieder geöffnet wird.</translation>
    </message>
    <message>
        <source>What is kept of your sign-in could not be deleted.</source>
        <translation>Was von Ihrer Anmeldung aufbewahrt wird, konnte nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>The sign-in was broken off.</source>
        <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>You can begin again.</source>
        <translation>Sie können neu beginnen.</translation>
    </message>
    <message>
        <source>The sign-in took too long.</source>
        <translation>Die Anmeldung hat zu lange gedauert.</translation>
    </message>
    <message>
        <source>Begin again; it holds for ten minutes.</source>
        <translation>Beginnen Sie neu; sie gilt zehn Minuten.</translation>
    </message>
    <message>
        <source>Microsoft did not let you in ({error}).</source>
        <translation>Microsoft hat Sie nicht eingelassen ({error}).</translation>
    </message>
    <message>
        <source>What came from Microsoft is not valid here.</source>
        <translation>Was von Microsoft kam, gilt hier nicht.</translation>
    </message>
    <message>
        <source>No colleague in the directory has the address {address}.</source>
        <translation>Kein Kollege im Verzeichnis hat die Adresse {address}.</translation>
    </message>
    <message>
        <source>Ask the administrator to enter it.</source>
        <translation>Bitten Sie den Administrator, sie einzutragen.</translation>
    </message>
    <message>
        <source>More than one colleague has the address {address}.</source>
        <translation>Mehr als ein Kollege hat die Adresse {address}.</translation>
    </message>
    <message>
        <source>Ask the administrator to mend that in the directory.</source>
        <translation>Bitten Sie den Administrator, das im Verzeichnis zu berichtigen.</translation>
    </message>
    <message>
        <source>The access of {address} was taken away.</source>
        <translation>{address} wurde der Zugang entzogen.</translation>
    </message>
    <message>
        <source>Ask the administrator.</source>
        <translation>Fragen Sie den Administrator.</translation>
    </message>
    <message>
        <source>{name} is not set up as a receptionist.</source>
        <translation>{name} ist nicht als Empfangskraft eingerichtet.</translation>
    </message>
    <message>
        <source>Sign in as somebody else, or ask the administrator.</source>
        <translation>Melden Sie sich als jemand anderes an, oder fragen Sie den Administrator.</translation>
    </message>
    <message>
        <source>This hub has no sign-in with Microsoft.</source>
        <translation>Dieser Hub hat keine Anmeldung mit Microsoft.</translation>
    </message>
    <message>
        <source>Ask the administrator for it, or for an access token.</source>
        <translation>Bitten Sie den Administrator darum oder um ein Zugangstoken.</translation>
    </message>
    <message>
        <source>Too many are signing in right now.</source>
        <translation>Gerade melden sich zu viele an.</translation>
    </message>
    <message>
        <source>Try again in a few minutes.</source>
        <translation>Versuchen Sie es in ein paar Minuten wieder.</translation>
    </message>
    <message>
        <source>No browser could be opened.</source>
        <translation>Es ließ sich kein Browser öffnen.</translation>
    </message>
    <message>
        <source>Open this address on this computer: {address}</source>
        <translation>Öffnen Sie diese Adresse an diesem Computer: {address}</translation>
    </message>
    <message>
        <source>Only receptionists with the right administers change settings.</source>
        <translation>Nur Empfangskräfte mit dem Recht administers ändern Einstellungen.</translation>
    </message>
    <message>
        <source>This cannot be saved: {error}</source>
        <translation>Das kann nicht gespeichert werden: {error}</translation>
    </message>
    <message>
        <source>The hub may not write {file} ({error}). Give its user the right to, then save again.</source>
        <translation>Der Hub darf {file} nicht schreiben ({error}). Geben Sie seinem Benutzer das Recht dazu und speichern Sie noch einmal.</translation>
    </message>
    <message>
        <source>This hub has no file of settings, so nothing can be saved.</source>
        <translation>Dieser Hub hat keine Datei mit Einstellungen, darum kann nichts gespeichert werden.</translation>
    </message>
    <message>
        <source>The address is another one. Type “{title}” again, so that it goes nowhere unasked.</source>
        <translation>Die Adresse ist eine andere. Geben Sie „{title}“ noch einmal ein, damit es nicht ungefragt dorthin geht.</translation>
    </message>
    <message>
        <source>“{title}” is missing.</source>
        <translation>„{title}“ fehlt.</translation>
    </message>
    <message>
        <source>The hub does not know the service {service}.</source>
        <translation>Der Hub kennt den Dienst {service} nicht.</translation>
    </message>
    <message>
        <source>It is tried again at {at}.</source>
        <translation>Um {at} wird es wieder versucht.</translation>
    </message>
    <message>
        <source>Reception waits until {at}, as it was asked to.</source>
        <translation>Reception wartet bis {at}, wie es verlangt wurde.</translation>
    </message>
    <message>
        <source>Somebody must mend it; it is looked at again at {at}.</source>
        <translation>Jemand muss es beheben; um {at} wird wieder nachgesehen.</translation>
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
    <name>Outside</name>
    <message>
        <source>A caller waits</source>
        <translation>Ein Anrufer wartet</translation>
    </message>
    <message>
        <source>{count} callers wait</source>
        <translation>{count} Anrufer warten</translation>
    </message>
    <message>
        <source>Another program has the key {key} already.</source>
        <translation>Ein anderes Programm hat die Taste {key} schon.</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>Wählen Sie in den Einstellungen eine andere.</translation>
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
        <source>no group calls: presence</source>
        <translation>keine Gruppenanrufe: Präsenz</translation>
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
        <source>Nobody who is surely free is found. {key} shows all.</source>
        <translation>Niemand gefunden, der sicher frei ist. {key} zeigt alle.</translation>
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
        <source>Only free</source>
        <translation>Nur freie</translation>
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
    <name>Settings</name>
    <message>
        <source>As the computer</source>
        <translation>Wie der Computer</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Set by your organisation</source>
        <translation>Von Ihrer Organisation festgelegt</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A function key, or a key with Ctrl, Alt or the Windows key</source>
        <translation>Eine Funktionstaste oder eine Taste mit Strg, Alt oder der Windows-Taste</translation>
    </message>
    <message>
        <source>Automatic profiles</source>
        <translation>Automatische Profile</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>When the program starts</source>
        <translation>Beim Programmstart</translation>
    </message>
    <message>
        <source>When the program ends</source>
        <translation>Beim Programmende</translation>
    </message>
    <message>
        <source>Away from the desk</source>
        <translation>Nicht am Platz</translation>
    </message>
    <message>
        <source>after so many minutes without mouse and keyboard</source>
        <translation>nach so vielen Minuten ohne Maus und Tastatur</translation>
    </message>
    <message>
        <source>When the screen is locked</source>
        <translation>Bei gesperrtem Bildschirm</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation>Sprache (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Automatic profiles …</source>
        <translation>Automatische Profile …</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Präsenz</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Calls while another program is in front</source>
        <translation>Anrufe, während ein anderes Programm vorn ist</translation>
    </message>
    <message>
        <source>Tell by a notification</source>
        <translation>Durch eine Benachrichtigung melden</translation>
    </message>
    <message>
        <source>Do not tell</source>
        <translation>Nicht melden</translation>
    </message>
    <message>
        <source>Answer from other programs</source>
        <translation>Aus anderen Programmen annehmen</translation>
    </message>
    <message>
        <source>Bring to the front from other programs</source>
        <translation>Aus anderen Programmen nach vorn holen</translation>
    </message>
</context>
<context>
    <name>Setup</name>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Set up {service}</source>
        <translation>{service} einrichten</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Restart the hub</source>
        <translation>Hub neu starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The hub tries these settings now. Nothing is saved by that.</source>
        <translation>Der Hub probiert diese Einstellungen jetzt aus. Dabei wird nichts gespeichert.</translation>
    </message>
    <message>
        <source>Saving writes the hub's file of settings. Comments and everything else in it stay, and the file as it was is kept beside it.</source>
        <translation>Beim Speichern wird die Einstellungsdatei des Hubs geschrieben. Kommentare und alles andere darin bleiben stehen, und die bisherige Datei bleibt daneben erhalten.</translation>
    </message>
    <message>
        <source>Step {n} of {count}</source>
        <translation>Schritt {n} von {count}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>Not all is well. You may save all the same and mend it later.</source>
        <translation>Nicht alles ist in Ordnung. Sie können trotzdem speichern und es später beheben.</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>The hub begins again. Calls go on meanwhile.</source>
        <translation>Der Hub beginnt neu. Gespräche gehen inzwischen weiter.</translation>
    </message>
    <message>
        <source>Saved, and in use now.</source>
        <translation>Gespeichert und ab jetzt in Gebrauch.</translation>
    </message>
    <message>
        <source>The file as it was: {file}</source>
        <translation>Die bisherige Datei: {file}</translation>
    </message>
    <message>
        <source>Somebody has changed other settings in the file by hand. They hold when the hub begins again; calls go on meanwhile.</source>
        <translation>Jemand hat in der Datei andere Einstellungen von Hand geändert. Sie gelten, wenn der Hub neu beginnt; Gespräche gehen inzwischen weiter.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Path of the file</source>
        <translation>Pfad der Datei</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Stands here when “{title}” is filled in.</source>
        <translation>Steht hier, sobald „{title}“ ausgefüllt ist.</translation>
    </message>
    <message>
        <source>needs {permission}</source>
        <translation>braucht {permission}</translation>
    </message>
    <message>
        <source>The file cannot be read: {error}</source>
        <translation>Die Datei kann nicht gelesen werden: {error}</translation>
    </message>
    <message>
        <source>This is no certificate: the file is empty, or too large.</source>
        <translation>Das ist kein Zertifikat: Die Datei ist leer oder zu groß.</translation>
    </message>
    <message>
        <source>The hub has it. Leave empty to keep it.</source>
        <translation>Der Hub hat es. Leer lassen, um es zu behalten.</translation>
    </message>
    <message>
        <source>well</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>not well</source>
        <translation>nicht in Ordnung</translation>
    </message>
    <message>
        <source>to be entered there; it cannot be looked at from here</source>
        <translation>dort einzutragen; von hier aus lässt es sich nicht prüfen</translation>
    </message>
    <message>
        <source>Open the page of consent</source>
        <translation>Seite zum Zustimmen öffnen</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Presence and calendars are not set up yet.</source>
        <translation>Präsenz und Kalender sind noch nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Set up …</source>
        <translation>Einrichten …</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>noch nicht da</translation>
    </message>
    <message>
        <source>{service} is not set up.</source>
        <translation>{service} ist nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>kept by the hub</source>
        <translation>vom Hub verwahrt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Who we are at Microsoft</source>
        <translation>Wer wir bei Microsoft sind</translation>
    </message>
    <message>
        <source>Register an app for Reception in Microsoft Entra (entra.microsoft.com, App registrations). Its page Overview has the two ids; Certificates &amp; secrets has the proof.</source>
        <translation>Registrieren Sie eine App für Reception in Microsoft Entra (entra.microsoft.com, App registrations). Die beiden Kennungen stehen auf der Seite Overview; der Nachweis unter Certificates &amp; secrets.</translation>
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
        <translation>Geheimnis (client secret)</translation>
    </message>
    <message>
        <source>The secret's value, not its id. Write down in a calendar when it expires.</source>
        <translation>Der Wert des Geheimnisses, nicht seine Kennung. Notieren Sie im Kalender, wann es abläuft.</translation>
    </message>
    <message>
        <source>or a certificate with its key</source>
        <translation>oder ein Zertifikat mit Schlüssel</translation>
    </message>
    <message>
        <source>A PEM or PFX file. Upload its public part in Entra.</source>
        <translation>Eine PEM- oder PFX-Datei. Laden Sie den öffentlichen Teil in Entra hoch.</translation>
    </message>
    <message>
        <source>Password of the certificate</source>
        <translation>Kennwort des Zertifikats</translation>
    </message>
    <message>
        <source>Address of the sign-in</source>
        <translation>Adresse der Anmeldung</translation>
    </message>
    <message>
        <source>Another one in national clouds only.</source>
        <translation>Nur in nationalen Clouds eine andere.</translation>
    </message>
    <message>
        <source>Address of Graph</source>
        <translation>Adresse von Graph</translation>
    </message>
    <message>
        <source>Certificate authority of the house</source>
        <translation>Zertifizierungsstelle des Hauses</translation>
    </message>
    <message>
        <source>A PEM file, for a proxy that looks into the traffic.</source>
        <translation>Eine PEM-Datei, für einen Proxy, der in den Verkehr schaut.</translation>
    </message>
    <message>
        <source>What is used</source>
        <translation>Was genutzt wird</translation>
    </message>
    <message>
        <source>Each needs a permission of the kind Application; all of them need User.ReadBasic.All as well.</source>
        <translation>Jedes braucht eine Berechtigung der Art Application; alle brauchen außerdem User.ReadBasic.All.</translation>
    </message>
    <message>
        <source>Presence from Teams</source>
        <translation>Präsenz aus Teams</translation>
    </message>
    <message>
        <source>who is in a call, in a meeting, away or not to be disturbed</source>
        <translation>wer im Gespräch, in einer Besprechung, abwesend oder nicht zu stören ist</translation>
    </message>
    <message>
        <source>Calendars</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Appointments</source>
        <translation>Termine</translation>
    </message>
    <message>
        <source>Free and busy times only</source>
        <translation>Nur Frei- und Gebucht-Zeiten</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht genutzt</translation>
    </message>
    <message>
        <source>who is away until when, and when they are back</source>
        <translation>wer bis wann abwesend ist und wann wieder zurück</translation>
    </message>
    <message>
        <source>Mailbox that asks for free and busy times</source>
        <translation>Postfach, das nach Frei- und Gebucht-Zeiten fragt</translation>
    </message>
    <message>
        <source>Automatic replies</source>
        <translation>Automatische Antworten</translation>
    </message>
    <message>
        <source>whoever has set one counts as absent</source>
        <translation>wer eine eingestellt hat, gilt als abwesend</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>Arbeitszeit</translation>
    </message>
    <message>
        <source>when somebody works today stands on their card</source>
        <translation>wann jemand heute arbeitet, steht auf der Karte</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Adressbuch</translation>
    </message>
    <message>
        <source>telephone numbers, titles, departments and managers of all colleagues</source>
        <translation>Telefonnummern, Titel, Abteilungen und Vorgesetzte aller Kollegen</translation>
    </message>
    <message>
        <source>Photos of colleagues</source>
        <translation>Fotos der Kollegen</translation>
    </message>
    <message>
        <source>beside their names; with the directory only</source>
        <translation>neben den Namen; nur mit dem Adressbuch</translation>
    </message>
    <message>
        <source>Calls in Teams and on the telephone</source>
        <translation>Gespräche in Teams und am Telefon</translation>
    </message>
    <message>
        <source>Shown both ways</source>
        <translation>In beide Richtungen gezeigt</translation>
    </message>
    <message>
        <source>Telephone calls in Teams</source>
        <translation>Telefongespräche in Teams</translation>
    </message>
    <message>
        <source>Teams calls on the telephone</source>
        <translation>Teams-Gespräche am Telefon</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht gezeigt</translation>
    </message>
    <message>
        <source>whoever speaks is busy at both, without doing anything</source>
        <translation>wer spricht, ist an beiden besetzt, ohne etwas zu tun</translation>
    </message>
    <message>
        <source>Where Exchange is, and who we are there</source>
        <translation>Wo Exchange ist und wer wir dort sind</translation>
    </message>
    <message>
        <source>An Exchange server in the house: 2016, 2019 or SE. Mailboxes at Microsoft belong to the page Microsoft 365. Make an account for Reception whose password does not expire.</source>
        <translation>Ein Exchange-Server im Haus: 2016, 2019 oder SE. Postfächer bei Microsoft gehören auf die Seite Microsoft 365. Legen Sie für Reception ein Konto an, dessen Kennwort nicht abläuft.</translation>
    </message>
    <message>
        <source>Address of EWS</source>
        <translation>Adresse von EWS</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Way of signing in</source>
        <translation>Art der Anmeldung</translation>
    </message>
    <message>
        <source>with OAuth the user is an application, and the password its secret</source>
        <translation>bei OAuth ist der Benutzer eine Anwendung und das Kennwort ihr Geheimnis</translation>
    </message>
    <message>
        <source>Address for tokens</source>
        <translation>Adresse für Token</translation>
    </message>
    <message>
        <source>with OAuth only</source>
        <translation>nur bei OAuth</translation>
    </message>
    <message>
        <source>Scope of tokens</source>
        <translation>Scope der Token</translation>
    </message>
    <message>
        <source>with OAuth only; otherwise everything at the server</source>
        <translation>nur bei OAuth; sonst alles auf dem Server</translation>
    </message>
    <message>
        <source>A PEM file, for a certificate that the computer does not know.</source>
        <translation>Eine PEM-Datei, für ein Zertifikat, das der Computer nicht kennt.</translation>
    </message>
    <message>
        <source>Without a right to calendars, free and busy times are read as every colleague sees them.</source>
        <translation>Ohne Recht auf Kalender werden freie und belegte Zeiten gelesen, wie sie jeder Kollege sieht.</translation>
    </message>
    <message>
        <source>Reads calendars in the name of their owners</source>
        <translation>Liest Kalender im Namen der Besitzer</translation>
    </message>
    <message>
        <source>otherwise people have shared their calendars with the account</source>
        <translation>sonst haben die Leute ihre Kalender für das Konto freigegeben</translation>
    </message>
    <message>
        <source>Told of changes at once</source>
        <translation>Erfährt Änderungen sofort</translation>
    </message>
    <message>
        <source>over a connection that stays open; otherwise they are found within a minute</source>
        <translation>über eine Verbindung, die offen bleibt; sonst werden sie innerhalb einer Minute gefunden</translation>
    </message>
    <message>
        <source>Mailbox to try</source>
        <translation>Postfach zum Ausprobieren</translation>
    </message>
    <message>
        <source>the check reads it once</source>
        <translation>die Prüfung liest es einmal</translation>
    </message>
    <message>
        <source>E-mails to colleagues</source>
        <translation>E-Mails an Kollegen</translation>
    </message>
    <message>
        <source>Receptionists write to colleagues about a call (Ctrl+M), and the hub sends it in the name of the house. Without this the computer's own mail program is opened.</source>
        <translation>Empfangskräfte schreiben Kollegen wegen eines Anrufs (Ctrl+M), und der Hub sendet es im Namen des Hauses. Sonst wird das Mailprogramm des Computers geöffnet.</translation>
    </message>
    <message>
        <source>The hub sends e-mails</source>
        <translation>Der Hub sendet E-Mails</translation>
    </message>
    <message>
        <source>Mailbox that they come from</source>
        <translation>Postfach, von dem sie kommen</translation>
    </message>
    <message>
        <source>Mail.Send is of the kind Application and allows any mailbox of the tenant. RBAC for Applications in Exchange narrows it down to this one.</source>
        <translation>Mail.Send ist von der Art Application und gilt für jedes Postfach des Tenants. RBAC for Applications in Exchange schränkt es auf dieses eine ein.</translation>
    </message>
    <message>
        <source>People sign in with Microsoft</source>
        <translation>Anmelden mit Microsoft</translation>
    </message>
    <message>
        <source>Colleagues on their web page and receptionists in their consoles sign in with the account they have at work. The app needs a platform Web with the redirect URI below (Authentication, Add a platform) and the delegated permissions openid, profile and email.</source>
        <translation>Kollegen auf ihrer Webseite und Empfangskräfte in ihren Konsolen melden sich mit dem Konto an, das sie bei der Arbeit haben. Die App braucht eine Plattform Web mit der Redirect URI unten (Authentication, Add a platform) und die delegierten Berechtigungen openid, profile und email.</translation>
    </message>
    <message>
        <source>Sign-in with Microsoft</source>
        <translation>Anmeldung mit Microsoft ist möglich</translation>
    </message>
    <message>
        <source>of those whom the directory knows, and nobody else</source>
        <translation>für die, die das Adressbuch kennt, und niemanden sonst</translation>
    </message>
    <message>
        <source>Where the hub listens for the web page</source>
        <translation>Wo der Hub für die Webseite lauscht</translation>
    </message>
    <message>
        <source>Address and port. One that other computers reach needs a certificate: tls_cert and tls_key in [hub] or [web] of the hub's file.</source>
        <translation>Adresse und Port. Eine, die andere Computer erreichen, braucht ein Zertifikat: tls_cert und tls_key in [hub] oder [web] der Datei des Hubs.</translation>
    </message>
    <message>
        <source>Address of the web page</source>
        <translation>Adresse der Webseite</translation>
    </message>
    <message>
        <source>As browsers open it, with https and without a path. Empty for the page's own name.</source>
        <translation>Wie Browser sie öffnen, mit https und ohne Pfad. Leer für den eigenen Namen der Seite.</translation>
    </message>
    <message>
        <source>Redirect URI to register</source>
        <translation>Einzutragende Redirect URI</translation>
    </message>
    <message>
        <source>Microsoft compares it letter by letter.</source>
        <translation>Microsoft vergleicht sie Buchstabe für Buchstabe.</translation>
    </message>
    <message>
        <source>Passwords of the web page work too</source>
        <translation>Kennwörter der Webseite gelten auch</translation>
    </message>
    <message>
        <source>Switch off only when signing in with Microsoft works: there is no other way in then.</source>
        <translation>Erst ausschalten, wenn die Anmeldung mit Microsoft gelingt: Einen anderen Weg gibt es dann nicht.</translation>
    </message>
    <message>
        <source>Receptionists write in Teams in their own name</source>
        <translation>Empfangskräfte schreiben in Teams im eigenen Namen</translation>
    </message>
    <message>
        <source>Who is signed in signs in once more for it. Grant admin consent to these delegated permissions first: else nobody gets in who may not consent themselves</source>
        <translation>Wer angemeldet ist, meldet sich dafür noch einmal an. Geben Sie zuerst die Administratorzustimmung für diese delegierten Berechtigungen: Sonst kommt niemand hinein, der nicht selbst zustimmen darf</translation>
    </message>
    <message>
        <source>Column of the directory with their accounts</source>
        <translation>Spalte des Adressbuchs mit ihren Konten</translation>
    </message>
    <message>
        <source>With object ids or UPNs. Empty: they are found by their e-mail addresses.</source>
        <translation>Mit Objekt-IDs oder UPNs. Leer: Sie werden über ihre E-Mail-Adressen gefunden.</translation>
    </message>
    <message>
        <source>Not consented to. An administrator of the tenant consents by the link.</source>
        <translation>Es ist nicht zugestimmt. Ein Administrator des Tenants stimmt über den Link zu.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>An diesem Computer angemeldet bleiben</translation>
    </message>
    <message>
        <source>Sign in with Microsoft</source>
        <translation>Mit Microsoft anmelden</translation>
    </message>
    <message>
        <source>Open the browser again</source>
        <translation>Browser noch einmal öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The hub is being asked …</source>
        <translation>Der Hub wird gefragt …</translation>
    </message>
    <message>
        <source>Sign in in the window that Windows opens.</source>
        <translation>Melden Sie sich in dem Fenster an, das Windows öffnet.</translation>
    </message>
    <message>
        <source>Sign in in the browser. Confirm there only if it shows this code:</source>
        <translation>Melden Sie sich im Browser an. Bestätigen Sie dort nur, wenn er diesen Code zeigt:</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>Your administrator gives you an access token for {hub}.</source>
        <translation>Ihr Administrator gibt Ihnen ein Zugangstoken für {hub}.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugangstoken</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>Oder</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Sie sind nicht angemeldet.</translation>
    </message>
    <message>
        <source>Sign in …</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>A call you are in goes on at your telephone.</source>
        <translation>Ein Gespräch, das Sie führen, läuft an Ihrem Telefon weiter.</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed in as {name}</source>
        <translation>Angemeldet als {name}</translation>
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
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Teams and phones</source>
        <translation>Teams und Telefone</translation>
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
        <source>Office file</source>
        <translation>Bürodatei</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>unvollständig</translation>
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
    <message>
        <source>last data {age} ago</source>
        <translation>letzte Daten vor {age}</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>The last data is {age} old.</source>
        <translation>Die letzten Daten sind {age} alt.</translation>
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
        <translation>{count} h</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Needs settings</source>
        <translation>Braucht Einstellungen</translation>
    </message>
    <message>
        <source>Needs a sign-in</source>
        <translation>Braucht eine Anmeldung</translation>
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
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
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
    <name>Wall</name>
    <message>
        <source>Week {number} · {days}</source>
        <translation>KW {number} · {days}</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Kollege</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Only free</source>
        <translation>Nur freie</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
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