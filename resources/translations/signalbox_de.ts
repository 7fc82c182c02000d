<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ActionCategory</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>round %1</source>
        <translation>Durchgang %1</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>what the run is started with</source>
        <translation>womit der Lauf gestartet wird</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingaben</translation>
    </message>
</context>
<context>
    <name>Client</name>
    <message>
        <source>It looks like %1</source>
        <translation>Er sieht so aus: %1</translation>
    </message>
    <message>
        <source>This is no link to a gateway</source>
        <translation>Das ist kein Link zu einem Gateway</translation>
    </message>
    <message>
        <source>The link names no gateway</source>
        <translation>Der Link nennt kein Gateway</translation>
    </message>
    <message>
        <source>A gateway&apos;s environment is production, staging or development</source>
        <translation>Die Umgebung eines Gateways ist production, staging oder development</translation>
    </message>
    <message>
        <source>It has expired: it was valid until %1</source>
        <translation>Es ist abgelaufen: Es galt bis %1</translation>
    </message>
    <message>
        <source>Have whoever runs the gateway renew it; it takes a new one without a restart</source>
        <translation>Den Betreiber des Gateways um ein neues bitten; das Gateway übernimmt es ohne Neustart</translation>
    </message>
    <message>
        <source>It is not valid before %1</source>
        <translation>Es gilt erst ab %1</translation>
    </message>
    <message>
        <source>Check the clocks of this computer and of the gateway</source>
        <translation>Die Uhren dieses Rechners und des Gateways prüfen</translation>
    </message>
    <message>
        <source>It is made out to %1, not to %2</source>
        <translation>Es ist auf %1 ausgestellt, nicht auf %2</translation>
    </message>
    <message>
        <source>Use one of these names as the address, or have a certificate made for this one</source>
        <translation>Einen dieser Namen als Adresse verwenden oder ein Zertifikat für diesen ausstellen lassen</translation>
    </message>
    <message>
        <source>No authority vouches for it: it is signed by itself</source>
        <translation>Keine Zertifizierungsstelle bürgt dafür: Es ist von sich selbst unterzeichnet</translation>
    </message>
    <message>
        <source>It is signed by %1, an authority that this computer does not know</source>
        <translation>Es ist von %1 unterzeichnet, einer Zertifizierungsstelle, die dieser Rechner nicht kennt</translation>
    </message>
    <message>
        <source>If it is your company&apos;s authority, install its certificate on this computer</source>
        <translation>Ist das die Zertifizierungsstelle Ihres Unternehmens, ihr Zertifikat auf diesem Rechner installieren</translation>
    </message>
    <message>
        <source>Its authority has revoked it</source>
        <translation>Die Zertifizierungsstelle hat es widerrufen</translation>
    </message>
    <message>
        <source>Do not trust it: have whoever runs the gateway replace it</source>
        <translation>Ihm nicht vertrauen: den Betreiber des Gateways um ein neues bitten</translation>
    </message>
    <message>
        <source>This is no SHA-256 fingerprint of a certificate</source>
        <translation>Das ist kein SHA-256-Fingerabdruck eines Zertifikats</translation>
    </message>
    <message>
        <source>It has 64 hexadecimal digits: %1</source>
        <translation>Er hat 64 hexadezimale Ziffern: %1</translation>
    </message>
    <message>
        <source>It is not the certificate that was trusted before</source>
        <translation>Es ist nicht das Zertifikat, dem bisher vertraut wurde</translation>
    </message>
    <message>
        <source>The gateway shows another certificate than the one that was trusted: it may have been renewed, or someone may be listening in</source>
        <translation>Das Gateway zeigt ein anderes Zertifikat als das, dem vertraut wurde: Es kann erneuert worden sein, oder jemand hört mit</translation>
    </message>
    <message>
        <source>Ask whoever runs the gateway for the fingerprint of its certificate before trusting it: it shows %1, and trusted was %2</source>
        <translation>Vor dem Vertrauen beim Betreiber des Gateways nach dem Fingerabdruck seines Zertifikats fragen: Es zeigt %1, vertraut wurde %2</translation>
    </message>
    <message>
        <source>Compare its fingerprint with the one that whoever runs the gateway tells: %1</source>
        <translation>Seinen Fingerabdruck mit dem vergleichen, den der Betreiber des Gateways nennt: %1</translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate is not trusted. %1</source>
        <translation>Dem Zertifikat des Gateways wird nicht vertraut. %1</translation>
    </message>
    <message>
        <source>the encrypted file %1</source>
        <translation>die verschlüsselte Datei %1</translation>
    </message>
    <message>
        <source>The file of stored credentials cannot be read</source>
        <translation>Die Datei der aufbewahrten Zugangsdaten lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Remove it, and sign in again</source>
        <translation>Sie entfernen und neu anmelden</translation>
    </message>
    <message>
        <source>Another program keeps the stored credentials locked</source>
        <translation>Ein anderes Programm hält die aufbewahrten Zugangsdaten gesperrt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>For example %1</source>
        <translation>Zum Beispiel %1</translation>
    </message>
    <message>
        <source>An address is missing</source>
        <translation>Eine Adresse fehlt</translation>
    </message>
    <message>
        <source>This is no address of a gateway</source>
        <translation>Das ist keine Adresse eines Gateways</translation>
    </message>
    <message>
        <source>A gateway&apos;s address is https or http</source>
        <translation>Die Adresse eines Gateways beginnt mit https oder http</translation>
    </message>
    <message>
        <source>An address holds no name and no password: sign in instead</source>
        <translation>In eine Adresse gehören weder Name noch Passwort: stattdessen anmelden</translation>
    </message>
    <message>
        <source>A gateway&apos;s address has no query and no fragment</source>
        <translation>Die Adresse eines Gateways hat keine Abfrage und kein Fragment</translation>
    </message>
    <message>
        <source>Without encryption everything sent to this gateway could be read on the way, the password too</source>
        <translation>Ohne Verschlüsselung ließe sich alles unterwegs mitlesen, was an dieses Gateway geht, auch das Passwort</translation>
    </message>
    <message>
        <source>Use https, or allow unencrypted connections to this gateway if the network is yours alone</source>
        <translation>https verwenden, oder unverschlüsselte Verbindungen zu diesem Gateway erlauben, wenn das Netz nur Ihnen gehört</translation>
    </message>
    <message>
        <source>Not attached to the gateway</source>
        <translation>Nicht mit dem Gateway verbunden</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Neu verbinden</translation>
    </message>
    <message>
        <source>The connection to the gateway was closed</source>
        <translation>Die Verbindung zum Gateway wurde geschlossen</translation>
    </message>
    <message>
        <source>A gateway has an id and a name</source>
        <translation>Ein Gateway hat eine ID und einen Namen</translation>
    </message>
    <message>
        <source>The list of gateways cannot be read: %1</source>
        <translation>Die Liste der Gateways lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Repair the file, or move it away to begin with an empty list</source>
        <translation>Die Datei in Ordnung bringen, oder sie wegschieben, um mit einer leeren Liste zu beginnen</translation>
    </message>
    <message>
        <source>another version of Signalbox has written it</source>
        <translation>Eine andere Version von Signalbox hat sie geschrieben</translation>
    </message>
    <message>
        <source>A gateway needs a name</source>
        <translation>Ein Gateway braucht einen Namen</translation>
    </message>
    <message>
        <source>Another gateway has that name</source>
        <translation>Ein anderes Gateway heißt schon so</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>Einen anderen wählen</translation>
    </message>
    <message>
        <source>This gateway is not in the list any more</source>
        <translation>Dieses Gateway steht nicht mehr in der Liste</translation>
    </message>
    <message>
        <source>Another program keeps the list of gateways locked</source>
        <translation>Ein anderes Programm hält die Liste der Gateways gesperrt</translation>
    </message>
    <message>
        <source>What answers there is no gateway (HTTP %1)</source>
        <translation>Was dort antwortet, ist kein Gateway (HTTP %1)</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>Die Adresse prüfen</translation>
    </message>
    <message>
        <source>The gateway cannot be reached: %1</source>
        <translation>Das Gateway ist nicht zu erreichen: %1</translation>
    </message>
    <message>
        <source>Check the address, and that signalboxd runs there</source>
        <translation>Die Adresse prüfen, und ob signalboxd dort läuft</translation>
    </message>
    <message>
        <source>The keychain was not opened: %1</source>
        <translation>Der Schlüsselbund wurde nicht geöffnet: %1</translation>
    </message>
    <message>
        <source>Unlock it</source>
        <translation>Ihn entsperren</translation>
    </message>
    <message>
        <source>There is no keychain: %1</source>
        <translation>Es gibt keinen Schlüsselbund: %1</translation>
    </message>
    <message>
        <source>The keychain cannot be used: %1</source>
        <translation>Der Schlüsselbund lässt sich nicht verwenden: %1</translation>
    </message>
    <message>
        <source>the system keychain</source>
        <translation>der Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>The gateway takes no connections at the moment (HTTP %1)</source>
        <translation>Das Gateway nimmt im Augenblick keine Verbindungen an (HTTP %1)</translation>
    </message>
    <message>
        <source>It is tried again by itself</source>
        <translation>Es wird von selbst wieder versucht</translation>
    </message>
    <message>
        <source>Check host and port, and whether a proxy before it passes WebSockets on</source>
        <translation>Rechner und Port prüfen, und ob ein Proxy davor WebSockets weiterreicht</translation>
    </message>
    <message>
        <source>What answers there does not speak TLS</source>
        <translation>Was dort antwortet, spricht kein TLS</translation>
    </message>
    <message>
        <source>A gateway without TLS is reached by http://. Otherwise check the port: it may be another program&apos;s</source>
        <translation>Ein Gateway ohne TLS ist über http:// zu erreichen. Sonst den Port prüfen: Er kann einem anderen Programm gehören</translation>
    </message>
    <message>
        <source>No encrypted connection came about: %1</source>
        <translation>Es kam keine verschlüsselte Verbindung zustande: %1</translation>
    </message>
    <message>
        <source>Check which versions of TLS both sides allow, and what stands between</source>
        <translation>Prüfen, welche TLS-Versionen beide Seiten zulassen und was dazwischen steht</translation>
    </message>
    <message>
        <source>The gateway hung up before it was connected</source>
        <translation>Das Gateway hat aufgelegt, bevor die Verbindung stand</translation>
    </message>
    <message>
        <source>It is tried again by itself: it may be starting, or a proxy before it does not reach it</source>
        <translation>Es wird von selbst wieder versucht: Vielleicht startet das Gateway gerade, oder ein Proxy davor erreicht es nicht</translation>
    </message>
    <message>
        <source>What answers there hung up before the connection was encrypted</source>
        <translation>Was dort antwortet, hat aufgelegt, bevor die Verbindung verschlüsselt war</translation>
    </message>
    <message>
        <source>Check the port: it may be another program&apos;s. A gateway without TLS is reached by http://</source>
        <translation>Den Port prüfen: Er kann einem anderen Programm gehören. Ein Gateway ohne TLS ist über http:// zu erreichen</translation>
    </message>
    <message>
        <source>What answers there hung up without an answer</source>
        <translation>Was dort lauscht, hat ohne Antwort aufgelegt</translation>
    </message>
    <message>
        <source>A gateway that speaks TLS is reached by https://. Otherwise check the port: it may be another program&apos;s</source>
        <translation>Ein Gateway mit TLS ist über https:// zu erreichen. Sonst den Port prüfen: Er kann einem anderen Programm gehören</translation>
    </message>
    <message>
        <source>The session at the gateway has ended: this user has signed in at too many places since</source>
        <translation>Die Sitzung am Gateway ist beendet: Dieser Benutzer hat sich seitdem an zu vielen Stellen angemeldet</translation>
    </message>
    <message>
        <source>The session at the gateway has ended: it was revoked</source>
        <translation>Die Sitzung am Gateway ist beendet: Sie wurde widerrufen</translation>
    </message>
    <message>
        <source>The session at the gateway has ended: it was not used for too long</source>
        <translation>Die Sitzung am Gateway ist beendet: Sie blieb zu lange unbenutzt</translation>
    </message>
    <message>
        <source>The session at the gateway has ended</source>
        <translation>Die Sitzung am Gateway ist beendet</translation>
    </message>
    <message>
        <source>What answers there is no gateway: it takes no WebSocket</source>
        <translation>Was dort antwortet, ist kein Gateway: Es nimmt keinen WebSocket an</translation>
    </message>
    <message>
        <source>A gateway that speaks TLS is reached by https://. Otherwise check host and port</source>
        <translation>Ein Gateway mit TLS ist über https:// zu erreichen. Sonst Rechner und Port prüfen</translation>
    </message>
    <message>
        <source>Nothing listens at the gateway&apos;s address</source>
        <translation>Unter der Adresse des Gateways lauscht nichts</translation>
    </message>
    <message>
        <source>Check that signalboxd runs there</source>
        <translation>Prüfen, ob signalboxd dort läuft</translation>
    </message>
    <message>
        <source>The gateway&apos;s host name is not known</source>
        <translation>Der Rechnername des Gateways ist nicht bekannt</translation>
    </message>
    <message>
        <source>Check the address and the network</source>
        <translation>Die Adresse und das Netz prüfen</translation>
    </message>
    <message>
        <source>The network does not reach the gateway</source>
        <translation>Das Netz reicht nicht bis zum Gateway</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>Das Netz prüfen</translation>
    </message>
    <message>
        <source>The gateway does not take these credentials</source>
        <translation>Das Gateway nimmt diese Zugangsdaten nicht an</translation>
    </message>
    <message>
        <source>This gateway serves another tenant</source>
        <translation>Dieses Gateway dient einem anderen Mandanten</translation>
    </message>
    <message>
        <source>The credentials did not reach the gateway in time</source>
        <translation>Die Zugangsdaten erreichten das Gateway nicht rechtzeitig</translation>
    </message>
    <message>
        <source>The gateway is going away</source>
        <translation>Das Gateway hört auf</translation>
    </message>
    <message>
        <source>The gateway found a message too large</source>
        <translation>Dem Gateway war eine Nachricht zu groß</translation>
    </message>
    <message>
        <source>The gateway has too much to do</source>
        <translation>Das Gateway hat zu viel zu tun</translation>
    </message>
    <message>
        <source>The connection to the gateway broke</source>
        <translation>Die Verbindung zum Gateway ist abgebrochen</translation>
    </message>
    <message>
        <source>The gateway has not answered within %1</source>
        <translation>Das Gateway hat binnen %1 nicht geantwortet</translation>
    </message>
    <message>
        <source>Check the address, the network and firewalls between. One without TLS waits for what never comes: it is reached by http://</source>
        <translation>Die Adresse, das Netz und Firewalls dazwischen prüfen. Ein Gateway ohne TLS wartet auf etwas, das nie kommt: Es ist über http:// zu erreichen</translation>
    </message>
    <message>
        <source>Check the address, the network and firewalls between</source>
        <translation>Die Adresse, das Netz und Firewalls dazwischen prüfen</translation>
    </message>
    <message>
        <source>Nothing was heard of the gateway for %1</source>
        <translation>Seit %1 war vom Gateway nichts zu hören</translation>
    </message>
    <message>
        <source>The gateway speaks no version of the protocol that this program knows</source>
        <translation>Das Gateway spricht keine Version des Protokolls, die dieses Programm kennt</translation>
    </message>
    <message>
        <source>The gateway speaks version %1 of the protocol, this program version %2</source>
        <translation>Das Gateway spricht Version %1 des Protokolls, dieses Programm Version %2</translation>
    </message>
    <message>
        <source>Update this program</source>
        <translation>Dieses Programm aktualisieren</translation>
    </message>
    <message>
        <source>Update the gateway, or use an older program</source>
        <translation>Das Gateway aktualisieren, oder ein älteres Programm verwenden</translation>
    </message>
    <message>
        <source>The gateway sent what is no message of the protocol: %1 [%2]</source>
        <translation>Das Gateway sandte etwas, das keine Nachricht des Protokolls ist: %1 [%2]</translation>
    </message>
    <message>
        <source>Check what stands between; it is tried again by itself</source>
        <translation>Prüfen, was dazwischen steht; es wird von selbst wieder versucht</translation>
    </message>
    <message>
        <source>The gateway wants to know who you are</source>
        <translation>Das Gateway will wissen, wer Sie sind</translation>
    </message>
    <message>
        <source>Sign in, or give a token</source>
        <translation>Anmelden, oder ein Token angeben</translation>
    </message>
    <message>
        <source>Sign in again, or give another token</source>
        <translation>Neu anmelden, oder ein anderes Token angeben</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>The connection was lost before the gateway answered “%1”</source>
        <translation>Die Verbindung ging verloren, bevor das Gateway auf „%1“ antwortete</translation>
    </message>
    <message>
        <source>It may have been done: look before doing it again</source>
        <translation>Vielleicht ist es geschehen: nachsehen, bevor es noch einmal getan wird</translation>
    </message>
    <message>
        <source>The gateway has not answered “%1” in time</source>
        <translation>Das Gateway hat auf „%1“ nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>A stored credential cannot be decrypted</source>
        <translation>Aufbewahrte Zugangsdaten lassen sich nicht entschlüsseln</translation>
    </message>
    <message>
        <source>There is no randomness</source>
        <translation>Es gibt keinen Zufall</translation>
    </message>
    <message>
        <source>The key could not be written</source>
        <translation>Der Schlüssel ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>Others may read the key of the stored credentials, so it is not used</source>
        <translation>Andere dürfen den Schlüssel der aufbewahrten Zugangsdaten lesen, darum wird er nicht verwendet</translation>
    </message>
    <message>
        <source>chmod 600 the file, and sign in again if someone else may have read it</source>
        <translation>Die Datei mit chmod 600 schützen, und neu anmelden, wenn jemand anderes sie gelesen haben kann</translation>
    </message>
    <message>
        <source>The key of the stored credentials is not one</source>
        <translation>Der Schlüssel der aufbewahrten Zugangsdaten ist keiner</translation>
    </message>
    <message>
        <source>Remove the file, and sign in again</source>
        <translation>Die Datei entfernen und neu anmelden</translation>
    </message>
    <message>
        <source>The credential could not be encrypted</source>
        <translation>Die Zugangsdaten ließen sich nicht verschlüsseln</translation>
    </message>
    <message>
        <source>A message names its type</source>
        <translation>Eine Nachricht nennt ihre Art</translation>
    </message>
    <message>
        <source>The gateway sent the reply to another call</source>
        <translation>Das Gateway sandte die Antwort auf einen anderen Aufruf</translation>
    </message>
    <message>
        <source>The keychain does not answer</source>
        <translation>Der Schlüsselbund antwortet nicht</translation>
    </message>
    <message>
        <source>“%1” has %2 bytes; a gateway takes %3</source>
        <translation>„%1“ hat %2 Bytes; ein Gateway nimmt %3</translation>
    </message>
    <message>
        <source>Put large data into a file or a store that the workflow reads</source>
        <translation>Große Daten in eine Datei oder einen Speicher legen, den der Workflow liest</translation>
    </message>
    <message>
        <source>%1 calls to the gateway are open already</source>
        <translation>%1 Aufrufe des Gateways sind schon offen</translation>
    </message>
    <message>
        <source>Try again when they are answered</source>
        <translation>Noch einmal versuchen, wenn sie beantwortet sind</translation>
    </message>
    <message>
        <source>The gateway sent the same page of a list again</source>
        <translation>Das Gateway sandte dieselbe Seite einer Liste noch einmal</translation>
    </message>
</context>
<context>
    <name>ConnectionLook</name>
    <message>
        <source>next try in %1 s</source>
        <translation>Versuch in %1 s</translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>Versuch läuft</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Vorstufe</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>How many the engine in this program works with; 0 is one a core.</source>
        <translation>Mit wie vielen die Engine in diesem Programm arbeitet; 0 heißt einer je Kern.</translation>
    </message>
    <message>
        <source>cores cpu parallel</source>
        <translation>Kerne Prozessor parallel</translation>
    </message>
</context>
<context>
    <name>EditCommand</name>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
</context>
<context>
    <name>EngineFacts</name>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>%1 of %2 busy</source>
        <translation>%1 von %2 beschäftigt</translation>
    </message>
    <message>
        <source>Tasks waiting</source>
        <translation>Wartende Aufgaben</translation>
    </message>
    <message>
        <source>Tasks done</source>
        <translation>Erledigte Aufgaben</translation>
    </message>
    <message>
        <source>Taken from another thread</source>
        <translation>Von einem anderen Thread übernommen</translation>
    </message>
    <message>
        <source>Runs active</source>
        <translation>Aktive Läufe</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 von höchstens %2</translation>
    </message>
    <message>
        <source>Runs queued</source>
        <translation>Läufe in der Warteschlange</translation>
    </message>
    <message>
        <source>Timers set</source>
        <translation>Gestellte Wecker</translation>
    </message>
    <message>
        <source>Runs taken over after a crash</source>
        <translation>Nach einem Absturz übernommene Läufe</translation>
    </message>
    <message>
        <source>Runs set aside as damaged</source>
        <translation>Als beschädigt ausgesonderte Läufe</translation>
    </message>
    <message>
        <source>Late results refused</source>
        <translation>Abgelehnte verspätete Ergebnisse</translation>
    </message>
    <message>
        <source>Records written</source>
        <translation>Geschriebene Einträge</translation>
    </message>
    <message>
        <source>Commits</source>
        <translation>Commits</translation>
    </message>
    <message>
        <source>Records in a commit</source>
        <translation>Einträge je Commit</translation>
    </message>
    <message>
        <source>On their way to the disk</source>
        <translation>Unterwegs zur Platte</translation>
    </message>
    <message>
        <source>Commit with fsync, median</source>
        <translation>Commit mit fsync, Median</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>95. Perzentil</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längster</translation>
    </message>
    <message>
        <source>Of how many commits</source>
        <translation>Von wie vielen Commits</translation>
    </message>
    <message>
        <source>%1 in the last minute</source>
        <translation>%1 in der letzten Minute</translation>
    </message>
    <message>
        <source>From queue to disk, median</source>
        <translation>Von der Warteschlange zur Platte, Median</translation>
    </message>
    <message>
        <source>From queue to disk, 99th</source>
        <translation>Von der Warteschlange zur Platte, 99.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>none: kept in memory</source>
        <translation>keine: im Speicher gehalten</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Unused in it</source>
        <translation>Darin unbenutzt</translation>
    </message>
    <message>
        <source>Write-ahead log</source>
        <translation>Write-Ahead-Log</translation>
    </message>
    <message>
        <source>Large values</source>
        <translation>Große Werte</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Runs kept</source>
        <translation>Aufbewahrte Läufe</translation>
    </message>
    <message>
        <source>Log lines written</source>
        <translation>Geschriebene Protokollzeilen</translation>
    </message>
    <message>
        <source>Log lines dropped</source>
        <translation>Verworfene Protokollzeilen</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Frei auf der Platte</translation>
    </message>
    <message>
        <source>No new runs below</source>
        <translation>Keine neuen Läufe unter</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Aufbewahrt für</translation>
    </message>
    <message>
        <source>Runs at most</source>
        <translation>Läufe höchstens</translation>
    </message>
    <message>
        <source>Database at most</source>
        <translation>Datenbank höchstens</translation>
    </message>
    <message>
        <source>Last sweep</source>
        <translation>Letztes Aufräumen</translation>
    </message>
    <message>
        <source>none since the start</source>
        <translation>keines seit dem Start</translation>
    </message>
    <message>
        <source>It removed</source>
        <translation>Es entfernte</translation>
    </message>
    <message>
        <source>%1 runs in %2</source>
        <translation>%1 Läufe in %2</translation>
    </message>
    <message>
        <source>Removed since the start</source>
        <translation>Seit dem Start entfernt</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>%1, %2 of CPU</source>
        <translation>%1, %2 CPU-Zeit</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Workers start with the first Python node</source>
        <translation>Arbeitsprozesse starten mit dem ersten Python-Knoten</translation>
    </message>
</context>
<context>
    <name>ExpressionText</name>
    <message>
        <source>column %1</source>
        <translation>Spalte %1</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>A quotation mark is missing its end</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>There is no filter “%1”. There are: %2</source>
        <translation>Es gibt keinen Filter „%1“. Es gibt: %2</translation>
    </message>
    <message>
        <source>“%1:” needs a value</source>
        <translation>„%1:“ braucht einen Wert</translation>
    </message>
    <message>
        <source>“%1” is not a value of “%2”. There are: %3</source>
        <translation>„%1“ ist kein Wert von „%2“. Es gibt: %3</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>m</source>
        <translation>min</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <translation>d</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>vor %1 d</translation>
    </message>
    <message>
        <source>%1 s old</source>
        <translation>%1 s alt</translation>
    </message>
    <message>
        <source>%1 min old</source>
        <translation>%1 min alt</translation>
    </message>
    <message>
        <source>%1 h old</source>
        <translation>%1 h alt</translation>
    </message>
    <message>
        <source>%1 d old</source>
        <translation>%1 d alt</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>1 Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>1 Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>%1… (%2)</source>
        <translation>%1… (%2)</translation>
    </message>
</context>
<context>
    <name>GatewayHealth</name>
    <message>
        <source>store</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>recovery</source>
        <translation>Wiederaufnahme</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Not ready: %1</source>
        <translation>Nicht bereit: %1</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>It has not said for 10 s whether it is ready.</source>
        <translation>Seit 10 s sagt es nicht, ob es bereit ist.</translation>
    </message>
</context>
<context>
    <name>InspectorSchemas</name>
    <message>
        <source>Retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>The first one counts.</source>
        <translation>Der erste zählt mit.</translation>
    </message>
    <message>
        <source>First wait</source>
        <translation>Erste Wartezeit</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Wachstum</translation>
    </message>
    <message>
        <source>Each wait is so many times the one before.</source>
        <translation>Jede Wartezeit ist so viel mal so lang wie die vorige.</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Share of a wait that is random, 0 to 1.</source>
        <translation>Zufälliger Anteil einer Wartezeit, 0 bis 1.</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Only on</source>
        <translation>Nur bei</translation>
    </message>
    <message>
        <source>Codes of errors, such as http.timeout or http.*. Without any: every error that may pass.</source>
        <translation>Fehlercodes wie http.timeout oder http.*. Ohne Angabe: jeder Fehler, der vorübergehen kann.</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitgrenze</translation>
    </message>
    <message>
        <source>One attempt</source>
        <translation>Ein Versuch</translation>
    </message>
    <message>
        <source>All attempts</source>
        <translation>Alle Versuche</translation>
    </message>
    <message>
        <source>Waits between them count.</source>
        <translation>Wartezeiten dazwischen zählen mit.</translation>
    </message>
    <message>
        <source>When it fails for good</source>
        <translation>Wenn er endgültig fehlschlägt</translation>
    </message>
    <message>
        <source>Not set: through the error wire if there is one, otherwise as the workflow&apos;s error table says, otherwise the run fails.</source>
        <translation>Nicht gesetzt: über die Fehlerleitung, wenn es eine gibt, sonst wie in der Fehlertabelle des Workflows, sonst schlägt der Lauf fehl.</translation>
    </message>
    <message>
        <source>The run fails</source>
        <translation>Der Lauf schlägt fehl</translation>
    </message>
    <message>
        <source>Go on with nothing</source>
        <translation>Ohne Wert weitermachen</translation>
    </message>
    <message>
        <source>Leave through the port “error”</source>
        <translation>Über den Anschluss „error“ verlassen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Shown instead of the id.</source>
        <translation>Wird statt der Kennung gezeigt.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Reuse of results</source>
        <translation>Ergebnisse wiederverwenden</translation>
    </message>
    <message>
        <source>For equal inputs</source>
        <translation>Bei gleichen Eingaben</translation>
    </message>
    <message>
        <source>How long a result is used again instead of computing it.</source>
        <translation>Wie lange ein Ergebnis wiederverwendet wird, statt es neu zu berechnen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>string, number, array&lt;object&gt;, any …</source>
        <translation>string, number, array&lt;object&gt;, any …</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Erforderlich</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>http.timeout, http.* or *</source>
        <translation>http.timeout, http.* oder *</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Tun</translation>
    </message>
    <message>
        <source>End the run</source>
        <translation>Lauf beenden</translation>
    </message>
    <message>
        <source>Retry, then fail</source>
        <translation>Wiederholen, dann fehlschlagen</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Umleiten</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>node.port, when it is routed</source>
        <translation>knoten.anschluss, wenn umgeleitet wird</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>JSONata over the value on the wire. Without one it is always followed.</source>
        <translation>JSONata über den Wert auf der Leitung. Ohne Bedingung wird ihr immer gefolgt.</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Passes at most</source>
        <translation>Durchgänge höchstens</translation>
    </message>
    <message>
        <source>Only for the wire that leads back. The first pass counts.</source>
        <translation>Nur für die Leitung, die zurückführt. Der erste Durchgang zählt mit.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>JSONata over the value on the wire.</source>
        <translation>JSONata über den Wert auf der Leitung.</translation>
    </message>
    <message>
        <source>When it has not converged</source>
        <translation>Wenn sie nicht konvergiert</translation>
    </message>
    <message>
        <source>Go on with the last value</source>
        <translation>Mit dem letzten Wert weitermachen</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>What a run is started with.</source>
        <translation>Womit ein Lauf gestartet wird.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>What a run gives.</source>
        <translation>Was ein Lauf ergibt.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>node.port</source>
        <translation>knoten.anschluss</translation>
    </message>
    <message>
        <source>Error table</source>
        <translation>Fehlertabelle</translation>
    </message>
    <message>
        <source>Tried from the top when a node fails for good.</source>
        <translation>Wird von oben versucht, wenn ein Knoten endgültig fehlschlägt.</translation>
    </message>
    <message>
        <source>Runs at a time</source>
        <translation>Läufe gleichzeitig</translation>
    </message>
    <message>
        <source>0: no limit of its own.</source>
        <translation>0: keine eigene Grenze.</translation>
    </message>
</context>
<context>
    <name>Layouts</name>
    <message>
        <source>Design</source>
        <translation>Entwerfen</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Administer</source>
        <translation>Verwalten</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>Text löschen</translation>
    </message>
</context>
<context>
    <name>Severity</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>ShellSettings</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Colours of all windows.</source>
        <translation>Farben aller Fenster.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
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
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>colours dark mode contrast</source>
        <translation>Farben dunkel hell Kontrast Thema</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>How high rows of lists and tables are.</source>
        <translation>Wie hoch die Zeilen von Listen und Tabellen sind.</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing slides, fades or moves along wires.</source>
        <translation>Nichts gleitet, blendet über oder läuft an Leitungen entlang.</translation>
    </message>
    <message>
        <source>Words in the tool bar</source>
        <translation>Wörter in der Werkzeugleiste</translation>
    </message>
    <message>
        <source>Shows what a button does beside its icon.</source>
        <translation>Zeigt neben dem Symbol, was eine Schaltfläche tut.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>The zone that times are told in.</source>
        <translation>Die Zone, in der Zeiten angegeben werden.</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>time zone clock date</source>
        <translation>Uhrzeit Zone Datum</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Ask for inputs</source>
        <translation>Nach Eingaben fragen</translation>
    </message>
    <message>
        <source>Whether starting a run shows its inputs first.</source>
        <translation>Ob der Start eines Laufs zuerst seine Eingaben zeigt.</translation>
    </message>
    <message>
        <source>Whenever there are any</source>
        <translation>Immer, wenn es welche gibt</translation>
    </message>
    <message>
        <source>Only if one is missing</source>
        <translation>Nur, wenn eine fehlt</translation>
    </message>
    <message>
        <source>Confirm cancelling</source>
        <translation>Abbrechen bestätigen</translation>
    </message>
    <message>
        <source>Asks before a run is cancelled.</source>
        <translation>Fragt nach, bevor ein Lauf abgebrochen wird.</translation>
    </message>
    <message>
        <source>confirmation safety</source>
        <translation>Bestätigung Sicherheit</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Open what was open</source>
        <translation>Wieder öffnen, was offen war</translation>
    </message>
    <message>
        <source>At the start, shows the workflow and the run that were looked at last.</source>
        <translation>Zeigt beim Start den Workflow und den Lauf, die zuletzt zu sehen waren.</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt geöffnete Dateien</translation>
    </message>
    <message>
        <source>How many are listed in the File menu.</source>
        <translation>Wie viele im Menü „Datei“ stehen.</translation>
    </message>
    <message>
        <source>Recent commands</source>
        <translation>Letzte Befehle</translation>
    </message>
    <message>
        <source>How many the command palette remembers and shows first.</source>
        <translation>Wie viele sich die Befehlspalette merkt und zuerst zeigt.</translation>
    </message>
    <message>
        <source>Engine numbers</source>
        <translation>Zahlen der Engine</translation>
    </message>
    <message>
        <source>How often the status bar asks the engine.</source>
        <translation>Wie oft die Statusleiste die Engine fragt.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Words of all windows.</source>
        <translation>Wörter aller Fenster.</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>Mitteilungen des Desktops</translation>
    </message>
    <message>
        <source>Tells how runs ended also while no window of Signalbox is in front.</source>
        <translation>Sagt auch dann, wie Läufe ausgegangen sind, wenn kein Fenster von Signalbox vorn ist.</translation>
    </message>
    <message>
        <source>toast message popup do not disturb</source>
        <translation>Meldung Benachrichtigung Popup nicht stören</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts of Signalbox</source>
        <translation>Tastenkürzel von Signalbox</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Queued</source>
        <translation>In Warteschlange</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>Neuer Versuch</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Reused</source>
        <translation>Wiederverwendet</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>Ausgesondert</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Not run</source>
        <translation>Nicht gelaufen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Authenticating</source>
        <translation>Meldet an</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>Trust needed</source>
        <translation>Vertrauen nötig</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Incompatible</source>
        <translation>Unverträglich</translation>
    </message>
    <message>
        <source>Not attached</source>
        <translation>Nicht angebunden</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
</context>
<context>
    <name>TimeRange</name>
    <message>
        <source>Last 24 h</source>
        <translation>Letzte 24 h</translation>
    </message>
    <message numerus="yes">
        <source>Last %n day(s)</source>
        <translation>
            <numerusform>Letzter Tag</numerusform>
            <numerusform>Letzte %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Last %1 h</source>
        <translation>Letzte %1 h</translation>
    </message>
    <message>
        <source>Last %1 min</source>
        <translation>Letzte %1 min</translation>
    </message>
    <message>
        <source>Last %1 s</source>
        <translation>Letzte %1 s</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
</context>
<context>
    <name>WorkflowEdits</name>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Change JSON of %1</source>
        <translation>JSON von %1 ändern</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>Move %1 nodes</source>
        <translation>%1 Knoten verschieben</translation>
    </message>
    <message>
        <source>There is no node of this id</source>
        <translation>Es gibt keinen Knoten mit dieser Kennung</translation>
    </message>
    <message>
        <source>An id begins with a letter and has letters, digits, _ and -</source>
        <translation>Eine Kennung beginnt mit einem Buchstaben und besteht aus Buchstaben, Ziffern, _ und -</translation>
    </message>
    <message>
        <source>Another node has this id</source>
        <translation>Ein anderer Knoten hat diese Kennung</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ActionSource</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Actions</name>
    <message>
        <source>&amp;Open file…</source>
        <translation>Datei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;workspace…</source>
        <translation>Arbeitsbe&amp;reich öffnen…</translation>
    </message>
    <message>
        <source>&amp;Find workflow</source>
        <translation>&amp;Workflow suchen</translation>
    </message>
    <message>
        <source>&amp;Reload workflows</source>
        <translation>Workflows &amp;neu laden</translation>
    </message>
    <message>
        <source>refresh</source>
        <translation>aktualisieren auffrischen</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>preferences options configuration</source>
        <translation>Optionen Vorlieben Konfiguration</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <source>keys bindings</source>
        <translation>Tasten Belegung</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>Fenster s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>exit leave</source>
        <translation>schließen verlassen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>start execute</source>
        <translation>starten ausführen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Cancel run</source>
        <translation>Lauf ab&amp;brechen</translation>
    </message>
    <message>
        <source>stop abort</source>
        <translation>stoppen beenden</translation>
    </message>
    <message>
        <source>Rerun &amp;failed</source>
        <translation>Fehl&amp;geschlagenes erneut ausführen</translation>
    </message>
    <message>
        <source>Rerun from selected &amp;node</source>
        <translation>Ab gewähltem &amp;Knoten erneut ausführen</translation>
    </message>
    <message>
        <source>C&amp;lose run</source>
        <translation>Lauf sch&amp;ließen</translation>
    </message>
    <message>
        <source>&amp;Fit graph</source>
        <translation>Graph &amp;einpassen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>&amp;Anordnung</translation>
    </message>
    <message>
        <source>&amp;Save layout as…</source>
        <translation>Anordnung &amp;speichern unter…</translation>
    </message>
    <message>
        <source>layout arrangement</source>
        <translation>Anordnung Aufteilung</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>arrangement</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>&amp;Delete layout</source>
        <translation>Anordnung &amp;löschen</translation>
    </message>
    <message>
        <source>theme colours</source>
        <translation>Farbschema Farben</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie der &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>D&amp;unkel</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Compact rows</source>
        <translation>Kom&amp;pakte Zeilen</translation>
    </message>
    <message>
        <source>density small</source>
        <translation>Dichte klein</translation>
    </message>
    <message>
        <source>Reduce &amp;motion</source>
        <translation>&amp;Weniger Bewegung</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>&amp;Command palette</source>
        <translation>&amp;Befehlspalette</translation>
    </message>
    <message>
        <source>Go to &amp;node…</source>
        <translation>Zu &amp;Knoten gehen…</translation>
    </message>
    <message>
        <source>Go to &amp;run…</source>
        <translation>Zu &amp;Lauf gehen…</translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>focus dock</source>
        <translation>Fokus Dock</translation>
    </message>
    <message>
        <source>&amp;Previous panel</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation>&amp;Graph</translation>
    </message>
    <message>
        <source>canvas focus</source>
        <translation>Zeichenfläche Fokus</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>&amp;Willkommen</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>&amp;Rundgang machen</translation>
    </message>
    <message>
        <source>introduction help</source>
        <translation>Einführung Hilfe</translation>
    </message>
    <message>
        <source>&amp;Sheet of shortcuts</source>
        <translation>Über&amp;sicht der Tastenkürzel</translation>
    </message>
    <message>
        <source>keys print cheat sheet</source>
        <translation>Tasten drucken Spickzettel</translation>
    </message>
    <message>
        <source>&amp;About Signalbox</source>
        <translation>Ü&amp;ber Signalbox</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>Version Lizenz</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ApprovalBar</name>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Genehmigen</translation>
    </message>
    <message>
        <source>Re&amp;ject</source>
        <translation>Ab&amp;lehnen</translation>
    </message>
    <message>
        <source>Comment on the decision</source>
        <translation>Kommentar zur Entscheidung</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>%1 waits for approval</source>
        <translation>%1 wartet auf Genehmigung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CanvasOverview</name>
    <message>
        <source>Overview of the graph</source>
        <translation>Überblick über den Graphen</translation>
    </message>
    <message>
        <source>Press or drag to move the view. M hides the overview.</source>
        <translation>Klicken oder ziehen verschiebt die Ansicht. M blendet den Überblick aus.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CanvasPanel</name>
    <message>
        <source>No workflow open</source>
        <translation>Kein Workflow geöffnet</translation>
    </message>
    <message>
        <source>Choose one from the list on the left.</source>
        <translation>Wählen Sie einen aus der Liste links.</translation>
    </message>
    <message>
        <source>&amp;Find a workflow</source>
        <translation>Workflow &amp;suchen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CanvasView</name>
    <message>
        <source>%1 of type %2</source>
        <translation>%1 vom Typ %2</translation>
    </message>
    <message>
        <source>takes %1</source>
        <translation>nimmt %1</translation>
    </message>
    <message>
        <source>gives %1</source>
        <translation>gibt %1</translation>
    </message>
    <message>
        <source>taken when the node fails</source>
        <translation>wird genommen, wenn der Knoten fehlschlägt</translation>
    </message>
    <message>
        <source>runs to undo when the run fails</source>
        <translation>läuft zum Rückgängigmachen, wenn der Lauf fehlschlägt</translation>
    </message>
    <message>
        <source>leads back: a loop</source>
        <translation>führt zurück: eine Schleife</translation>
    </message>
    <message>
        <source>when %1</source>
        <translation>wenn %1</translation>
    </message>
    <message>
        <source>Workflow graph</source>
        <translation>Graph des Workflows</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>1 Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ChoiceEditor</name>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Search actions, workflows, nodes, runs, settings</source>
        <translation>Aktionen, Workflows, Knoten, Läufe, Einstellungen suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Nothing matches. ? tells how to look in one kind of things only.</source>
        <translation>Nichts passt. ? erklärt, wie man nur in einer Art von Dingen sucht.</translation>
    </message>
    <message>
        <source>%1 found · Enter chooses · ? explains prefixes · Esc leaves</source>
        <translation>%1 gefunden · Eingabe wählt · ? erklärt Präfixe · Esc verlässt</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Down chooses, Tab takes the first, Esc closes</source>
        <translation>Unten wählt, Tab nimmt den ersten, Esc schließt</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConflictBar</name>
    <message>
        <source>The file has changed, and there are unsaved edits here</source>
        <translation>Die Datei hat sich geändert, und hier sind ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Reload takes the file&apos;s content; your edits can be had back by undo. Overwrite replaces the file by what is here.</source>
        <translation>„Neu laden“ nimmt den Inhalt der Datei; Ihre Änderungen kommen mit „Rückgängig“ zurück. „Überschreiben“ ersetzt die Datei durch das, was hier steht.</translation>
    </message>
    <message>
        <source>Re&amp;load</source>
        <translation>Neu &amp;laden</translation>
    </message>
    <message>
        <source>&amp;Keep mine as a copy…</source>
        <translation>Meine als &amp;Kopie behalten…</translation>
    </message>
    <message>
        <source>&amp;Overwrite the file</source>
        <translation>Datei ü&amp;berschreiben</translation>
    </message>
    <message>
        <source>Keep mine as a copy</source>
        <translation>Meine als Kopie behalten</translation>
    </message>
    <message>
        <source>Id of the copy</source>
        <translation>Kennung der Kopie</translation>
    </message>
    <message>
        <source>&amp;Save copy</source>
        <translation>Kopie &amp;speichern</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConnectionBar</name>
    <message>
        <source>Unsaved edits stay here, and it goes on by itself.</source>
        <translation>Ungespeicherte Änderungen bleiben hier, und es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>&amp;Sign in…</source>
        <translation>A&amp;nmelden …</translation>
    </message>
    <message>
        <source>Look at the &amp;certificate…</source>
        <translation>&amp;Zertifikat ansehen …</translation>
    </message>
    <message>
        <source>&amp;Reconnect now</source>
        <translation>Jetzt neu &amp;verbinden</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConnectionMonitor</name>
    <message>
        <source>Sign in to %1 to go on</source>
        <translation>Weiter geht es mit der Anmeldung bei %1</translation>
    </message>
    <message>
        <source>The certificate of %1 has to be looked at</source>
        <translation>Das Zertifikat von %1 muss angesehen werden</translation>
    </message>
    <message>
        <source>Nothing was heard from %1</source>
        <translation>Von %1 war nichts zu hören</translation>
    </message>
    <message>
        <source>The connection to %1 is lost</source>
        <translation>Die Verbindung zu %1 ist verloren</translation>
    </message>
    <message>
        <source>%1 speaks another version</source>
        <translation>%1 spricht eine andere Version</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindet mit %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DesktopNotifier::Server</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DetailsPanel</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>Ctrl+Y</source>
        <translation>Ctrl+Y</translation>
    </message>
    <message>
        <source>&amp;Save workflow</source>
        <translation>Workflow &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Edit the workflow</source>
        <translation>Workflow &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Reset the &amp;field</source>
        <translation>&amp;Feld zurücksetzen</translation>
    </message>
    <message>
        <source>Alt+Backspace</source>
        <translation>Alt+Backspace</translation>
    </message>
    <message>
        <source>Co&amp;mpute the field</source>
        <translation>Feld berec&amp;hnen</translation>
    </message>
    <message>
        <source>Alt+=</source>
        <translation>Alt+=</translation>
    </message>
    <message>
        <source>expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>No workflow is open</source>
        <translation>Kein Workflow ist geöffnet</translation>
    </message>
    <message>
        <source>Nothing has been edited</source>
        <translation>Nichts wurde bearbeitet</translation>
    </message>
    <message>
        <source>Nothing has been undone</source>
        <translation>Nichts wurde rückgängig gemacht</translation>
    </message>
    <message>
        <source>There are no unsaved edits</source>
        <translation>Es gibt keine ungespeicherten Änderungen</translation>
    </message>
    <message>
        <source>The workflow is being edited</source>
        <translation>Der Workflow wird bearbeitet</translation>
    </message>
    <message>
        <source>Inputs of the node</source>
        <translation>Eingaben des Knotens</translation>
    </message>
    <message>
        <source>Outputs of the node</source>
        <translation>Ausgaben des Knotens</translation>
    </message>
    <message>
        <source>No details</source>
        <translation>Keine Einzelheiten</translation>
    </message>
    <message>
        <source>Open a workflow to see what it is made of.</source>
        <translation>Öffnen Sie einen Workflow, um zu sehen, woraus er besteht.</translation>
    </message>
    <message>
        <source>Parts of the node</source>
        <translation>Teile des Knotens</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>%1 of %2 items</source>
        <translation>%1 von %2 Elementen</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>Run the workflow to see what goes into this node.</source>
        <translation>Führen Sie den Workflow aus, um zu sehen, was in diesen Knoten hineingeht.</translation>
    </message>
    <message>
        <source>Run the workflow to see what this node gives.</source>
        <translation>Führen Sie den Workflow aus, um zu sehen, was dieser Knoten ergibt.</translation>
    </message>
    <message>
        <source>No inputs</source>
        <translation>Keine Eingaben</translation>
    </message>
    <message>
        <source>No outputs</source>
        <translation>Keine Ausgaben</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DiffModel</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>1 unveränderte Zeile</numerusform>
            <numerusform>%n unveränderte Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Added: %1</source>
        <translation>Hinzugefügt: %1</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>Entfernt: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DiffView</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>kein Unterschied</translation>
    </message>
    <message>
        <source>%1 → %2 · %3</source>
        <translation>%1 → %2 · %3</translation>
    </message>
    <message>
        <source>Difference between %1 and %2: %3</source>
        <translation>Unterschied zwischen %1 und %2: %3</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DocumentJournal</name>
    <message>
        <source>Edits made while saving</source>
        <translation>Änderungen während des Speicherns</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DocumentSession</name>
    <message>
        <source>Restore unsaved edits</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <source>Reload from the file</source>
        <translation>Aus der Datei neu laden</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::EnginePanel</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Runs active</source>
        <translation>Aktive Läufe</translation>
    </message>
    <message>
        <source>Runs queued</source>
        <translation>Läufe in der Warteschlange</translation>
    </message>
    <message>
        <source>Journal records</source>
        <translation>Einträge im Journal</translation>
    </message>
    <message>
        <source>Commit, 99th percentile</source>
        <translation>Commit, 99. Perzentil</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Frei auf der Platte</translation>
    </message>
    <message>
        <source>Pool and queue</source>
        <translation>Pool und Warteschlange</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>Ä&amp;ndern…</translation>
    </message>
    <message>
        <source>Change what is kept</source>
        <translation>Ändern, was aufbewahrt wird</translation>
    </message>
    <message>
        <source>Kept runs</source>
        <translation>Aufbewahrte Läufe</translation>
    </message>
    <message>
        <source>Worker processes</source>
        <translation>Arbeitsprozesse</translation>
    </message>
    <message>
        <source>No new runs are taken in</source>
        <translation>Neue Läufe werden nicht angenommen</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>too low</source>
        <translation>zu niedrig</translation>
    </message>
    <message>
        <source>Keep finished runs</source>
        <translation>Beendete Läufe aufbewahren</translation>
    </message>
    <message>
        <source>Runs over the new limits are removed for good, the oldest first.</source>
        <translation>Läufe über den neuen Grenzen werden endgültig entfernt, die ältesten zuerst.</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>Ä&amp;ndern</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::EnginePlots</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>records</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>commits</source>
        <translation>Commits</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>threads busy</source>
        <translation>beschäftigte Threads</translation>
    </message>
    <message>
        <source>tasks queued</source>
        <translation>wartende Aufgaben</translation>
    </message>
    <message>
        <source>Commit time</source>
        <translation>Commit-Dauer</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>resident</source>
        <translation>resident</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>write-ahead log</source>
        <translation>Write-Ahead-Log</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ErrorState</name>
    <message>
        <source>&amp;Retry</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>&amp;Copy diagnostics</source>
        <translation>Diagnose &amp;kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ErrorView</name>
    <message>
        <source>Copy the error</source>
        <translation>Fehler kopieren</translation>
    </message>
    <message>
        <source>%1 (may work later)</source>
        <translation>%1 (geht später vielleicht)</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ExpressionEditor</name>
    <message>
        <source>Change to %1</source>
        <translation>In %1 ändern</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vervollständigen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formatieren</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ExpressionFeedback</name>
    <message>
        <source>Show the result on several lines</source>
        <translation>Ergebnis mehrzeilig zeigen</translation>
    </message>
    <message>
        <source>Show the result on several lines (Alt+Down, Alt+Up)</source>
        <translation>Ergebnis mehrzeilig zeigen (Alt+Unten, Alt+Oben)</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ExpressionField</name>
    <message>
        <source>Expression; Ctrl+Space completes</source>
        <translation>Ausdruck; Strg+Leertaste vervollständigt</translation>
    </message>
    <message>
        <source>Error, %1: %2</source>
        <translation>Fehler, %1: %2</translation>
    </message>
    <message>
        <source>No data to try it on</source>
        <translation>Keine Daten zum Ausprobieren</translation>
    </message>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Result: %1, %2</source>
        <translation>Ergebnis: %1, %2</translation>
    </message>
    <message>
        <source>Wanted is %1; this gives %2</source>
        <translation>Gebraucht wird %1; dies ergibt %2</translation>
    </message>
    <message>
        <source>%1. Did you mean %2?</source>
        <translation>%1. Meinten Sie %2?</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FilterEdit</name>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter, %1</source>
        <translation>Filtern, %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FindingsModel</name>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>Keine Befunde</translation>
    </message>
    <message>
        <source>Validation has nothing to say about this workflow.</source>
        <translation>Die Prüfung hat zu diesem Workflow nichts anzumerken.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FormPage</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GanttView</name>
    <message>
        <source>Nodes over time</source>
        <translation>Knoten im Zeitverlauf</translation>
    </message>
    <message>
        <source>item %1</source>
        <translation>Element %1</translation>
    </message>
    <message>
        <source>pass %1 of the loop</source>
        <translation>Durchgang %1 der Schleife</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>%1 gewartet</translation>
    </message>
    <message>
        <source>%1 until the next attempt</source>
        <translation>%1 bis zum nächsten Versuch</translation>
    </message>
    <message>
        <source>attempt %1, %2</source>
        <translation>Versuch %1, %2</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>dauerte %1</translation>
    </message>
    <message>
        <source>queued %1 before</source>
        <translation>davor %1 in der Warteschlange</translation>
    </message>
    <message>
        <source>from +%1</source>
        <translation>ab +%1</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>1 Versuch</numerusform>
            <numerusform>%n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2, %3 of them failed</source>
        <translation>%1 in %2, davon %3 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewayActions</name>
    <message>
        <source>&amp;Gateway</source>
        <translation>&amp;Gateway</translation>
    </message>
    <message>
        <source>gateway server remote attach</source>
        <translation>Gateway Server entfernt anbinden</translation>
    </message>
    <message>
        <source>&amp;Add gateway…</source>
        <translation>Gateway &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>Gateway öff&amp;nen</translation>
    </message>
    <message>
        <source>A&amp;ttach</source>
        <translation>A&amp;nbinden</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>Neu &amp;verbinden</translation>
    </message>
    <message>
        <source>&amp;Sign in…</source>
        <translation>A&amp;nmelden …</translation>
    </message>
    <message>
        <source>Sign o&amp;ut</source>
        <translation>A&amp;bmelden</translation>
    </message>
    <message>
        <source>Look at &amp;certificate…</source>
        <translation>&amp;Zertifikat ansehen …</translation>
    </message>
    <message>
        <source>&amp;Edit gateway…</source>
        <translation>Gateway &amp;bearbeiten …</translation>
    </message>
    <message>
        <source>Copy &amp;link to attach</source>
        <translation>&amp;Link zum Anbinden kopieren</translation>
    </message>
    <message>
        <source>&amp;Detach</source>
        <translation>&amp;Trennen</translation>
    </message>
    <message>
        <source>Re&amp;move gateway</source>
        <translation>Gateway &amp;entfernen</translation>
    </message>
    <message>
        <source>No gateway is chosen in the list</source>
        <translation>In der Liste ist kein Gateway gewählt</translation>
    </message>
    <message>
        <source>This workspace is part of the program</source>
        <translation>Dieser Arbeitsbereich gehört zum Programm</translation>
    </message>
    <message>
        <source>It is not attached</source>
        <translation>Es ist nicht angebunden</translation>
    </message>
    <message>
        <source>It is attached</source>
        <translation>Es ist angebunden</translation>
    </message>
    <message>
        <source>It is connected</source>
        <translation>Es ist verbunden</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Die Anmeldung besteht</translation>
    </message>
    <message>
        <source>You are not signed in</source>
        <translation>Es besteht keine Anmeldung</translation>
    </message>
    <message>
        <source>Nothing is to be decided about it</source>
        <translation>Darüber ist nichts zu entscheiden</translation>
    </message>
    <message>
        <source>You are signed out here. The session there goes on until it expires.</source>
        <translation>Hier ist die Anmeldung beendet. Die Sitzung dort läuft weiter, bis sie verfällt.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewayDialog</name>
    <message>
        <source>Allow it to go &amp;unencrypted over the network</source>
        <translation>&amp;Unverschlüsselt über das Netz erlauben</translation>
    </message>
    <message>
        <source>Add gateway</source>
        <translation>Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Edit gateway</source>
        <translation>Gateway bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Add and connect</source>
        <translation>&amp;Hinzufügen und verbinden</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Address or link</source>
        <translation>Adresse oder Link</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>As the gateway says</source>
        <translation>Wie das Gateway sagt</translation>
    </message>
    <message>
        <source>A&amp;ddress or link</source>
        <translation>A&amp;dresse oder Link</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Umgebung</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Where signalboxd listens, or a signalbox://attach link.</source>
        <translation>Wo signalboxd lauscht, oder ein Link signalbox://attach.</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Wird versucht …</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>▲ A gateway answers; its certificate has to be looked at when you connect.</source>
        <translation>▲ Ein Gateway antwortet; sein Zertifikat muss beim Verbinden angesehen werden.</translation>
    </message>
    <message>
        <source>✓ A gateway answers; it wants you to sign in.</source>
        <translation>✓ Ein Gateway antwortet; es verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>✓ A gateway answers.</source>
        <translation>✓ Ein Gateway antwortet.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewayLabel</name>
    <message>
        <source>It calls itself %1</source>
        <translation>Es nennt sich %1</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>Running since %1</source>
        <translation>Läuft seit %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewaySource</name>
    <message>
        <source>Gateways</source>
        <translation>Gateways</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewaySwitcher</name>
    <message>
        <source>Gateway: %1</source>
        <translation>Gateway: %1</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>&amp;Add gateway…</source>
        <translation>Gateway &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>All &amp;gateways</source>
        <translation>Alle &amp;Gateways</translation>
    </message>
    <message>
        <source>this window</source>
        <translation>dieses Fenster</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewaysModel</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Befinden</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Zuletzt gehört</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::GatewaysPanel</name>
    <message>
        <source>What to do with the gateway</source>
        <translation>Was mit dem Gateway zu tun ist</translation>
    </message>
    <message>
        <source>Gateways</source>
        <translation>Gateways</translation>
    </message>
    <message>
        <source>No other gateways</source>
        <translation>Keine anderen Gateways</translation>
    </message>
    <message>
        <source>A gateway runs workflows elsewhere. Add one by its address, or open a signalbox://attach link.</source>
        <translation>Ein Gateway führt Workflows anderswo aus. Fügen Sie eines über seine Adresse hinzu, oder öffnen Sie einen Link signalbox://attach.</translation>
    </message>
    <message>
        <source>&amp;Add gateway…</source>
        <translation>Gateway &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Open gateway</source>
        <translation>Gateway öff&amp;nen</translation>
    </message>
    <message>
        <source>Open gateway</source>
        <translation>Gateway öffnen</translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>„%1“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Add gateway</source>
        <translation>Gateway hinzufügen</translation>
    </message>
    <message>
        <source>Not attached: nothing is asked of it.</source>
        <translation>Nicht angebunden: Es wird nichts bei ihm angefragt.</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>“%1” was removed, and its session there ended.</source>
        <translation>„%1“ wurde entfernt und die Sitzung dort beendet.</translation>
    </message>
    <message>
        <source>“%1” was removed. The gateway was not told, so the session there goes on until it expires. %2</source>
        <translation>„%1“ wurde entfernt. Das Gateway erfuhr nichts davon, die Sitzung dort läuft also weiter, bis sie verfällt. %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InputsDialog</name>
    <message>
        <source>A whole number, such as 12</source>
        <translation>Eine ganze Zahl, etwa 12</translation>
    </message>
    <message>
        <source>A number, such as 1.5</source>
        <translation>Eine Zahl, etwa 1.5</translation>
    </message>
    <message>
        <source>A JSON object, such as {&quot;key&quot;: 1}</source>
        <translation>Ein JSON-Objekt, etwa {&quot;key&quot;: 1}</translation>
    </message>
    <message>
        <source>A JSON array, such as [1, 2]</source>
        <translation>Ein JSON-Array, etwa [1, 2]</translation>
    </message>
    <message>
        <source>A JSON value</source>
        <translation>Ein JSON-Wert</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>%1 ausführen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 (required)</source>
        <translation>%1 (erforderlich)</translation>
    </message>
    <message>
        <source>A value is needed here</source>
        <translation>Hier wird ein Wert gebraucht</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorField</name>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>Compute it with an expression</source>
        <translation>Mit einem Ausdruck berechnen</translation>
    </message>
    <message>
        <source>Reset to the default</source>
        <translation>Auf die Vorgabe zurücksetzen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorForm</name>
    <message>
        <source>Not known to this type of node</source>
        <translation>Dieser Knotentyp kennt das nicht</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>This %1.</source>
        <translation>Dies: %1.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorNode</name>
    <message>
        <source>This type of node has no parameters.</source>
        <translation>Dieser Knotentyp hat keine Parameter.</translation>
    </message>
    <message>
        <source>Settings are shown for the workflow as it is now.</source>
        <translation>Einstellungen werden für den Workflow gezeigt, wie er jetzt ist.</translation>
    </message>
    <message>
        <source>This node comes from the workflow that this one extends. Change it there.</source>
        <translation>Dieser Knoten stammt aus dem Workflow, den dieser erweitert. Ändern Sie ihn dort.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorPorts</name>
    <message>
        <source>Ports</source>
        <translation>Anschlüsse</translation>
    </message>
    <message>
        <source>Wire from %1 to %2</source>
        <translation>Leitung von %1 nach %2</translation>
    </message>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>several wires</source>
        <translation>mehrere Leitungen</translation>
    </message>
    <message>
        <source>In: %1</source>
        <translation>Ein: %1</translation>
    </message>
    <message>
        <source>Out: %1</source>
        <translation>Aus: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorSamples</name>
    <message>
        <source>No run yet to try it on</source>
        <translation>Noch kein Lauf zum Ausprobieren</translation>
    </message>
    <message>
        <source>inputs of the last run</source>
        <translation>Eingaben des letzten Laufs</translation>
    </message>
    <message>
        <source>The last run did not have this node</source>
        <translation>Der letzte Lauf hatte diesen Knoten nicht</translation>
    </message>
    <message>
        <source>The last run did not come here</source>
        <translation>Der letzte Lauf kam nicht hierher</translation>
    </message>
    <message>
        <source>last run of %1, %2</source>
        <translation>letzter Lauf von %1, %2</translation>
    </message>
    <message>
        <source>first item, %1</source>
        <translation>erstes Element, %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::InspectorWire</name>
    <message>
        <source>Wire</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1 gehen</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>Nach %1</translation>
    </message>
    <message>
        <source>This wire comes from the workflow that this one extends, or is not there any more.</source>
        <translation>Diese Leitung stammt aus dem Workflow, den dieser erweitert, oder es gibt sie nicht mehr.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::JsonEditor</name>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>No JSON yet, and not taken over: %1 (%2)</source>
        <translation>Noch kein JSON und nicht übernommen: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::JsonPage</name>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Not taken over yet: %1 (%2)</source>
        <translation>Noch nicht übernommen: %1 (%2)</translation>
    </message>
    <message>
        <source>Not taken over yet: this must be an object</source>
        <translation>Noch nicht übernommen: das muss ein Objekt sein</translation>
    </message>
    <message>
        <source>Change the JSON</source>
        <translation>JSON ändern</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::KeyRecorder</name>
    <message>
        <source>Press the new keys</source>
        <translation>Neue Tasten drücken</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::LineEditor</name>
    <message>
        <source>such as %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose a file for %1</source>
        <translation>Datei für %1 wählen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::LivePlot</name>
    <message>
        <source>%1: no data</source>
        <translation>%1: keine Daten</translation>
    </message>
    <message>
        <source>%1: last %2, least %3, most %4</source>
        <translation>%1: zuletzt %2, mindestens %3, höchstens %4</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min.</translation>
    </message>
    <message>
        <source>max</source>
        <translation>max.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::LogModel</name>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::LongTextEditor</name>
    <message>
        <source>One a line</source>
        <translation>Eins je Zeile</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::MainWindow</name>
    <message>
        <source>Signalbox</source>
        <translation>Signalbox</translation>
    </message>
    <message>
        <source>Safe mode: default layout and shortcuts, nothing of the last session. What you arrange now is not kept.</source>
        <translation>Sicherer Modus: Anordnung und Tastenkürzel wie vorgegeben, nichts aus der letzten Sitzung. Was Sie jetzt einrichten, wird nicht behalten.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Findings (%1)</source>
        <translation>Befunde (%1)</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Cancel this run?</source>
        <translation>Diesen Lauf abbrechen?</translation>
    </message>
    <message>
        <source>Steps that are done stay as they are; what is going on is stopped.</source>
        <translation>Erledigte Schritte bleiben, wie sie sind; was gerade läuft, wird gestoppt.</translation>
    </message>
    <message>
        <source>&amp;Cancel the run</source>
        <translation>Lauf &amp;abbrechen</translation>
    </message>
    <message>
        <source>&amp;Keep it running</source>
        <translation>Weiterlaufen &amp;lassen</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Engine: %1</translation>
    </message>
    <message>
        <source>Engine  %1 threads · %2 active · %3 queued · %4 tasks pending · %5 records</source>
        <translation>Engine  %1 Threads · %2 aktiv · %3 wartend · %4 Aufgaben offen · %5 Einträge</translation>
    </message>
    <message>
        <source>Times in UTC</source>
        <translation>Zeiten in UTC</translation>
    </message>
    <message>
        <source>No workflow is open</source>
        <translation>Kein Workflow ist geöffnet</translation>
    </message>
    <message>
        <source>No run is open</source>
        <translation>Kein Lauf ist geöffnet</translation>
    </message>
    <message>
        <source>The run has ended</source>
        <translation>Der Lauf ist beendet</translation>
    </message>
    <message>
        <source>Not at this moment</source>
        <translation>Im Augenblick nicht</translation>
    </message>
    <message>
        <source>The run has not ended</source>
        <translation>Der Lauf ist nicht beendet</translation>
    </message>
    <message>
        <source>The workflow has errors</source>
        <translation>Der Workflow hat Fehler</translation>
    </message>
    <message>
        <source>A run is being started</source>
        <translation>Ein Lauf wird gestartet</translation>
    </message>
    <message>
        <source>Nothing failed</source>
        <translation>Nichts ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>No node is selected</source>
        <translation>Kein Knoten ist gewählt</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>Letzte Läufe</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>panel dock show hide</source>
        <translation>Bereich Dock zeigen ausblenden</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>&amp;Anordnung</translation>
    </message>
    <message>
        <source>layout arrangement perspective</source>
        <translation>Anordnung Aufteilung Perspektive</translation>
    </message>
    <message>
        <source>This layout came with the program</source>
        <translation>Diese Anordnung gehört zum Programm</translation>
    </message>
    <message>
        <source>Open r&amp;ecent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Run and view</source>
        <translation>Lauf und Ansicht</translation>
    </message>
    <message>
        <source>Safe mode</source>
        <translation>Sicherer Modus</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet…</translation>
    </message>
    <message>
        <source>No workflow open</source>
        <translation>Kein Workflow geöffnet</translation>
    </message>
    <message>
        <source>Choose one from the list on the left.</source>
        <translation>Wählen Sie einen aus der Liste links.</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
        <source>Open workflow</source>
        <translation>Workflow öffnen</translation>
    </message>
    <message>
        <source>Workflows (*.workflow.json);;All files (*)</source>
        <translation>Workflows (*.workflow.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>1 Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), cannot run</source>
        <translation>
            <numerusform>1 Fehler, kann nicht laufen</numerusform>
            <numerusform>%n Fehler, kann nicht laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – Signalbox</source>
        <translation>%1 – Signalbox</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <translation>ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Panels of this place</source>
        <translation>Bereiche an dieser Stelle</translation>
    </message>
    <message>
        <source>The run of “%1” is stopped. Steps that are done stay as they are.</source>
        <translation>Der Lauf von „%1“ wird angehalten. Erledigte Schritte bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Gateways</source>
        <translation>Gateways</translation>
    </message>
    <message>
        <source>Engine out of reach</source>
        <translation>Engine nicht erreichbar</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NodeSource</name>
    <message>
        <source>Nodes of the graph</source>
        <translation>Knoten des Graphen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NoticeBar</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the error</source>
        <translation>Fehler kopieren</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NotificationButton</name>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message numerus="yes">
        <source>Notifications, %n unread</source>
        <translation>
            <numerusform>Mitteilungen, 1 ungelesen</numerusform>
            <numerusform>Mitteilungen, %n ungelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NotificationCentre</name>
    <message>
        <source>, unread</source>
        <translation>, ungelesen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NotificationPanel</name>
    <message>
        <source>Mark all as read</source>
        <translation>Alle als gelesen markieren</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>Verlauf leeren</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None of this kind</source>
        <translation>Keine dieser Art</translation>
    </message>
    <message>
        <source>No notifications</source>
        <translation>Keine Mitteilungen</translation>
    </message>
    <message>
        <source>Choose “All” to see the others.</source>
        <translation>„Alle“ zeigt die übrigen.</translation>
    </message>
    <message>
        <source>Finished and failed runs, lost connections and other news are listed here.</source>
        <translation>Beendete und fehlgeschlagene Läufe, verlorene Verbindungen und andere Neuigkeiten stehen hier.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NumberTile</name>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::OutlinePanel</name>
    <message>
        <source>Nodes of the workflow</source>
        <translation>Knoten des Workflows</translation>
    </message>
    <message>
        <source>Search nodes</source>
        <translation>Knoten suchen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No node has “%1” in its name, type or id.</source>
        <translation>Kein Knoten hat „%1“ im Namen, Typ oder in der Kennung.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No nodes</source>
        <translation>Keine Knoten</translation>
    </message>
    <message>
        <source>The nodes of the workflow are listed here in the order they run.</source>
        <translation>Die Knoten des Workflows stehen hier in der Reihenfolge, in der sie laufen.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PaletteModel</name>
    <message>
        <source>only these</source>
        <translation>nur diese</translation>
    </message>
    <message>
        <source>not now: %1</source>
        <translation>nicht jetzt: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PanelContext</name>
    <message>
        <source>No workflow is open.</source>
        <translation>Kein Workflow ist geöffnet.</translation>
    </message>
    <message>
        <source>This is version %1, as the run has it.</source>
        <translation>Dies ist Version %1, wie der Lauf sie hat.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PanelStates</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ReadOnlyBar</name>
    <message>
        <source>&amp;Edit the workflow</source>
        <translation>Workflow &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Edit the workflow</source>
        <translation>Workflow bearbeiten</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RecentItems</name>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>&amp;Liste leeren</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RestoreDialog</name>
    <message>
        <source>Unsaved edits of %1</source>
        <translation>Ungespeicherte Änderungen an %1</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) were not saved when the program ended, the last one on %1.</source>
        <translation>
            <numerusform>1 Änderung war beim Ende des Programms nicht gespeichert, vom %1.</numerusform>
            <numerusform>%n Änderungen waren beim Ende des Programms nicht gespeichert, die letzte vom %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>The very last one was cut short and is left out.</source>
        <translation>Die allerletzte war abgeschnitten und entfällt.</translation>
    </message>
    <message numerus="yes">
        <source>%n more workflow(s) with unsaved edits will be asked about.</source>
        <translation>
            <numerusform>Nach 1 weiteren Workflow mit ungespeicherten Änderungen wird noch gefragt.</numerusform>
            <numerusform>Nach %n weiteren Workflows mit ungespeicherten Änderungen wird noch gefragt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Edits, the last one first</source>
        <translation>Änderungen, die letzte zuerst</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier edit(s)</source>
        <translation>
            <numerusform>1 frühere Änderung</numerusform>
            <numerusform>%n frühere Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Save as a copy</source>
        <translation>Als Kopie &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source> (%1 times)</source>
        <translation> (%1-mal)</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RetentionDialog</name>
    <message>
        <source>Keep finished runs</source>
        <translation>Beendete Läufe aufbewahren</translation>
    </message>
    <message>
        <source>A run is removed as soon as it is over one of these limits, the oldest first. Runs that go on stay.</source>
        <translation>Ein Lauf wird entfernt, sobald er über einer dieser Grenzen liegt, der älteste zuerst. Laufende bleiben.</translation>
    </message>
    <message>
        <source>&amp;Days since the run ended</source>
        <translation>&amp;Tage seit dem Ende des Laufs</translation>
    </message>
    <message>
        <source> d</source>
        <translation> d</translation>
    </message>
    <message>
        <source>&amp;Runs in all</source>
        <translation>&amp;Läufe insgesamt</translation>
    </message>
    <message>
        <source>&amp;Size of the database</source>
        <translation>&amp;Größe der Datenbank</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunComparePage</name>
    <message>
        <source>Run to compare with</source>
        <translation>Lauf, mit dem verglichen wird</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Outputs of the runs</source>
        <translation>Ausgaben der Läufe</translation>
    </message>
    <message>
        <source>Inputs of the selected node</source>
        <translation>Eingaben des gewählten Knotens</translation>
    </message>
    <message>
        <source>Outputs of the selected node</source>
        <translation>Ausgaben des gewählten Knotens</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>No other run</source>
        <translation>Kein anderer Lauf</translation>
    </message>
    <message>
        <source>Another run of this workflow is needed to compare with.</source>
        <translation>Zum Vergleichen braucht es einen zweiten Lauf dieses Workflows.</translation>
    </message>
    <message>
        <source>No node selected</source>
        <translation>Kein Knoten gewählt</translation>
    </message>
    <message>
        <source>Select the node whose data is to be compared.</source>
        <translation>Wählen Sie den Knoten, dessen Daten verglichen werden sollen.</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>Kein Unterschied</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunController</name>
    <message>
        <source>cancelled in the console</source>
        <translation>in der Konsole abgebrochen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunGanttPage</name>
    <message>
        <source>Run over time</source>
        <translation>Zeitlicher Verlauf des Laufs</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Noch ist nichts gelaufen</translation>
    </message>
    <message>
        <source>A bar appears here for every attempt at a node, wait and backoff.</source>
        <translation>Für jeden Versuch an einem Knoten, jedes Warten und jede Pause vor einem neuen Versuch erscheint hier ein Balken.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunGridPage</name>
    <message>
        <source>Only nodes that &amp;failed</source>
        <translation>Nur &amp;fehlgeschlagene Knoten</translation>
    </message>
    <message>
        <source>Search nodes</source>
        <translation>Knoten suchen</translation>
    </message>
    <message>
        <source>No workflow open</source>
        <translation>Kein Workflow geöffnet</translation>
    </message>
    <message>
        <source>Open a workflow to see its runs side by side, node by node.</source>
        <translation>Öffnen Sie einen Workflow, um seine Läufe nebeneinander zu sehen, Knoten für Knoten.</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>The last runs of this workflow are shown here side by side, node by node.</source>
        <translation>Die letzten Läufe dieses Workflows stehen hier nebeneinander, Knoten für Knoten.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), the newest at the right</source>
        <translation>
            <numerusform>1 Lauf</numerusform>
            <numerusform>%n Läufe, der neueste rechts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunGridView</name>
    <message>
        <source>longest %1</source>
        <translation>längster %1</translation>
    </message>
    <message>
        <source>Runs and their nodes</source>
        <translation>Läufe und ihre Knoten</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>1 Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>1 Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>not in this version</source>
        <translation>nicht in dieser Version</translation>
    </message>
    <message>
        <source>Run of %1: %2</source>
        <translation>Lauf vom %1: %2</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>dauerte %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunJournalModel</name>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunJournalPage</name>
    <message>
        <source>Only the selected &amp;node</source>
        <translation>&amp;Nur der gewählte Knoten</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Content of the record</source>
        <translation>Inhalt des Eintrags</translation>
    </message>
    <message>
        <source>No records</source>
        <translation>Keine Einträge</translation>
    </message>
    <message>
        <source>No record of the run matches the filter.</source>
        <translation>Kein Eintrag des Laufs passt zum Filter.</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>Art des Eintrags</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Only the selected node</source>
        <translation>Nur der gewählte Knoten</translation>
    </message>
    <message>
        <source>No record chosen</source>
        <translation>Kein Eintrag gewählt</translation>
    </message>
    <message>
        <source>Choose a record to see what is in it.</source>
        <translation>Wählen Sie einen Eintrag, um seinen Inhalt zu sehen.</translation>
    </message>
    <message>
        <source>Nothing in it</source>
        <translation>Kein Inhalt</translation>
    </message>
    <message>
        <source>Records of this kind say it all in the table.</source>
        <translation>Bei Einträgen dieser Art steht alles in der Tabelle.</translation>
    </message>
    <message>
        <source>%1 records, more below</source>
        <translation>%1 Einträge, weiter unten mehr</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>One record</source>
        <translation>Ein Eintrag</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunListModel</name>
    <message>
        <source>%1 of %2 nodes</source>
        <translation>%1 von %2 Knoten</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>1 Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunListPanel</name>
    <message>
        <source>Recent runs</source>
        <translation>Letzte Läufe</translation>
    </message>
    <message>
        <source>Loading runs…</source>
        <translation>Läufe werden geladen…</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>Runs of this workflow are listed here, newest first.</source>
        <translation>Die Läufe dieses Workflows stehen hier, der neueste zuerst.</translation>
    </message>
    <message>
        <source>Open a workflow to see its runs.</source>
        <translation>Öffnen Sie einen Workflow, um seine Läufe zu sehen.</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>Jetzt ausführen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunLogPage</name>
    <message>
        <source>Only the selected &amp;node</source>
        <translation>&amp;Nur der gewählte Knoten</translation>
    </message>
    <message>
        <source>&amp;Earlier lines</source>
        <translation>&amp;Frühere Zeilen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Least level of the lines</source>
        <translation>Mindeststufe der Zeilen</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Info and above</source>
        <translation>Ab Info</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Only the selected node</source>
        <translation>Nur der gewählte Knoten</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Earlier lines</source>
        <translation>Frühere Zeilen</translation>
    </message>
    <message>
        <source>%1 lines were not kept</source>
        <translation>%1 Zeilen wurden nicht behalten</translation>
    </message>
    <message>
        <source>No such lines</source>
        <translation>Keine solchen Zeilen</translation>
    </message>
    <message>
        <source>No line of the log matches the filter.</source>
        <translation>Keine Zeile des Protokolls passt zum Filter.</translation>
    </message>
    <message>
        <source>No log lines</source>
        <translation>Keine Protokollzeilen</translation>
    </message>
    <message>
        <source>The nodes of this run wrote none.</source>
        <translation>Die Knoten dieses Laufs haben keine geschrieben.</translation>
    </message>
    <message>
        <source>Lines appear here as the nodes write them.</source>
        <translation>Hier erscheinen die Zeilen, sobald die Knoten sie schreiben.</translation>
    </message>
    <message>
        <source>No log</source>
        <translation>Kein Protokoll</translation>
    </message>
    <message>
        <source>Reading the log</source>
        <translation>Das Protokoll wird gelesen</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>Es konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunPanel</name>
    <message>
        <source>Rerun &amp;failed</source>
        <translation>Fehl&amp;geschlagenes erneut ausführen</translation>
    </message>
    <message>
        <source>Result of the run</source>
        <translation>Ergebnis des Laufs</translation>
    </message>
    <message>
        <source>Parts of the run</source>
        <translation>Teile des Laufs</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Rerun failed</source>
        <translation>Fehlgeschlagene wiederholen</translation>
    </message>
    <message>
        <source>No run</source>
        <translation>Kein Lauf</translation>
    </message>
    <message>
        <source>Run the workflow, or open one of its recent runs.</source>
        <translation>Führen Sie den Workflow aus oder öffnen Sie einen seiner letzten Läufe.</translation>
    </message>
    <message>
        <source>This draft has errors: see the findings. It can run without them.</source>
        <translation>Dieser Entwurf hat Fehler: siehe Befunde. Ohne sie kann er laufen.</translation>
    </message>
    <message>
        <source>Open a workflow to run it.</source>
        <translation>Öffnen Sie einen Workflow, um ihn auszuführen.</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>Jetzt ausführen</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>gestartet %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>rerun of %1</source>
        <translation>Wiederholung von %1</translation>
    </message>
    <message>
        <source>%1 of %2 nodes</source>
        <translation>%1 von %2 Knoten</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>Noch kein Ergebnis</translation>
    </message>
    <message>
        <source>The outputs of the workflow appear here when the run has ended.</source>
        <translation>Die Ausgaben des Workflows erscheinen hier, wenn der Lauf beendet ist.</translation>
    </message>
    <message>
        <source>No outputs</source>
        <translation>Keine Ausgaben</translation>
    </message>
    <message>
        <source>The run did not get to its outputs.</source>
        <translation>Der Lauf kam nicht bis zu seinen Ausgaben.</translation>
    </message>
    <message>
        <source>This workflow declares no outputs.</source>
        <translation>Dieser Workflow erklärt keine Ausgaben.</translation>
    </message>
    <message>
        <source>Run again with other &amp;inputs…</source>
        <translation>Mit anderen &amp;Eingaben erneut ausführen…</translation>
    </message>
    <message>
        <source>Gantt</source>
        <translation>Gantt</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Run again with other inputs</source>
        <translation>Mit anderen Eingaben erneut ausführen</translation>
    </message>
    <message>
        <source>The workflow declares no inputs any more.</source>
        <translation>Der Workflow erklärt keine Eingaben mehr.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunProgress</name>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>%1 of %2 nodes</source>
        <translation>%1 von %2 Knoten</translation>
    </message>
    <message>
        <source>%1, about %2 left</source>
        <translation>%1, noch etwa %2</translation>
    </message>
    <message>
        <source>%1, longer than usual</source>
        <translation>%1, länger als sonst</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunSignalBar</name>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>Name of the signal</source>
        <translation>Name des Signals</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value of the signal, as JSON</source>
        <translation>Wert des Signals, als JSON</translation>
    </message>
    <message>
        <source>JSON value, such as {&quot;ok&quot;: true}</source>
        <translation>JSON-Wert, zum Beispiel {&quot;ok&quot;: true}</translation>
    </message>
    <message>
        <source>Send the signal</source>
        <translation>Das Signal senden</translation>
    </message>
    <message>
        <source>%1 waits for a signal</source>
        <translation>%1 wartet auf ein Signal</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A signal has a name</source>
        <translation>Ein Signal hat einen Namen</translation>
    </message>
    <message>
        <source>This is no JSON: %1</source>
        <translation>Das ist kein JSON: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunSource</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>by its id</source>
        <translation>nach seiner Kennung</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunsMenu</name>
    <message>
        <source>&amp;Open</source>
        <translation>Öff&amp;nen</translation>
    </message>
    <message>
        <source>Copy the run&apos;s &amp;id</source>
        <translation>&amp;Kennung des Laufs kopieren</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>R&amp;un again</source>
        <translation>Erneut a&amp;usführen</translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>The run of “%1” is stopped. Steps that are done stay as they are.</source>
        <translation>Der Lauf von „%1“ wird angehalten. Erledigte Schritte bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>&amp;Cancel the run</source>
        <translation>Lauf &amp;abbrechen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunsModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunsPanel</name>
    <message>
        <source>Filter runs</source>
        <translation>Läufe filtern</translation>
    </message>
    <message>
        <source>status:failed  workflow:name  text in errors</source>
        <translation>status:failed  workflow:name  Text in Fehlern</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>Zustand des Laufs</translation>
    </message>
    <message>
        <source>Name or id of the workflow</source>
        <translation>Name oder Kennung des Workflows</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>Als Liste</translation>
    </message>
    <message>
        <source>Runs and nodes side by side</source>
        <translation>Läufe und Knoten nebeneinander</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>No run matches</source>
        <translation>Kein Lauf passt</translation>
    </message>
    <message>
        <source>Runs of all workflows are listed here, newest first.</source>
        <translation>Die Läufe aller Workflows stehen hier, der neueste zuerst.</translation>
    </message>
    <message>
        <source>No run matches the filter and the time range.</source>
        <translation>Kein Lauf passt zu Filter und Zeitraum.</translation>
    </message>
    <message>
        <source>&amp;Run the workflow</source>
        <translation>Workflow &amp;ausführen</translation>
    </message>
    <message>
        <source>Show &amp;all runs</source>
        <translation>&amp;Alle Läufe zeigen</translation>
    </message>
    <message>
        <source>at least %1 runs</source>
        <translation>mindestens %1 Läufe</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>1 Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>1 neuer</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n new run(s)</source>
        <translation>
            <numerusform>1 neuen Lauf zeigen</numerusform>
            <numerusform>%n neue Läufe zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SearchBar</name>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Search in the value</source>
        <translation>Im Wert suchen</translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation>Schlüssel und Werte suchen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SettingRow</name>
    <message>
        <source>Reset %1 to its default</source>
        <translation>%1 auf die Vorgabe zurücksetzen</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>Acts after the next start</source>
        <translation>Wirkt nach dem nächsten Start</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SettingSource</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Settings</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>Keine Einstellung passt.</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Reset all</source>
        <translation>&amp;Alles zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation>Einstellungen exportieren</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>Einstellungen (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) taken over</source>
        <translation>
            <numerusform>1 Einstellung übernommen</numerusform>
            <numerusform>%n Einstellungen übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n refused</source>
        <translation>
            <numerusform>%1, 1 abgelehnt</numerusform>
            <numerusform>%1, %n abgelehnt</numerusform>
        </translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Nach %1 geschrieben</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ShortcutEditor</name>
    <message>
        <source>&amp;Assign</source>
        <translation>&amp;Zuweisen</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>Zu&amp;rücksetzen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search actions and keys</source>
        <translation>Aktionen und Tasten suchen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Reset a&amp;ll</source>
        <translation>A&amp;lle zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Sheet to print</source>
        <translation>Übersicht zum &amp;Drucken</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>No action matches</source>
        <translation>Keine Aktion passt</translation>
    </message>
    <message>
        <source>New shortcut of %1</source>
        <translation>Neues Tastenkürzel von %1</translation>
    </message>
    <message>
        <source>By default it has none.</source>
        <translation>Vorgegeben ist keines.</translation>
    </message>
    <message>
        <source>By default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>%1 alone is for typing. Add Ctrl, Alt or Meta, or use a function key.</source>
        <translation>%1 allein ist zum Schreiben da. Nehmen Sie Strg, Alt oder Meta dazu oder eine Funktionstaste.</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”, which would lose it.</source>
        <translation>%1 gehört zu „%2“ und ginge dort verloren.</translation>
    </message>
    <message>
        <source>Move it &amp;here</source>
        <translation>&amp;Hierher verschieben</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ShortcutModel</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Differs from the default</source>
        <translation>Weicht von der Vorgabe ab</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1 (geändert)</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>A&amp;nmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Meldet an …</translation>
    </message>
    <message>
        <source>Sign in again in %1 s</source>
        <translation>Anmelden wieder in %1 s</translation>
    </message>
    <message>
        <source>S&amp;tay signed in on this computer</source>
        <translation>Auf diesem &amp;Rechner angemeldet bleiben</translation>
    </message>
    <message>
        <source>The session is kept in the system&apos;s keychain, or in an encrypted file where there is none; the password never is.</source>
        <translation>Die Sitzung wird im Schlüsselbund des Systems aufbewahrt, oder in einer verschlüsselten Datei, wo es keinen gibt; das Passwort nie.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::StaleStrip</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TableEditor</name>
    <message>
        <source>Add a row</source>
        <translation>Zeile hinzufügen</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>Zeile entfernen</translation>
    </message>
    <message>
        <source>Move the row up</source>
        <translation>Zeile nach oben</translation>
    </message>
    <message>
        <source>Move the row down</source>
        <translation>Zeile nach unten</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TimeRangeChoices</name>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>2026-03-01 08:00 or now-2h</source>
        <translation>2026-03-01 08:00 oder now-2h</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>A time looks like 2026-03-01 08:00, 08:00, now or now-2h.</source>
        <translation>Eine Zeit sieht so aus: 2026-03-01 08:00, 08:00, now oder now-2h.</translation>
    </message>
    <message>
        <source>“From” has to lie before “To”.</source>
        <translation>„Von“ muss vor „Bis“ liegen.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TimeRangeEdit</name>
    <message>
        <source>Time range: %1</source>
        <translation>Zeitraum: %1</translation>
    </message>
    <message>
        <source>Choose a time range</source>
        <translation>Zeitraum wählen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TimelineModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Toast</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>Über&amp;springen</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>What this workspace holds. Click one, or type a part of its name, to see it as a graph.</source>
        <translation>Was dieser Arbeitsbereich enthält. Klicken Sie einen an oder tippen Sie einen Teil seines Namens, um ihn als Graphen zu sehen.</translation>
    </message>
    <message>
        <source>The graph</source>
        <translation>Der Graph</translation>
    </message>
    <message>
        <source>Nodes and what flows between them. Drag to move, Ctrl and the wheel to zoom, arrow keys to follow wires. While a run goes, each node shows how it is doing.</source>
        <translation>Knoten und was zwischen ihnen fließt. Ziehen verschiebt, Strg und das Rad vergrößern, Pfeiltasten folgen den Leitungen. Während eines Laufs zeigt jeder Knoten, wie es um ihn steht.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Starts the workflow that is open. A run survives a crash of the program and goes on by itself.</source>
        <translation>Startet den geöffneten Workflow. Ein Lauf übersteht einen Absturz des Programms und geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>What the selected node is told to do, what went in and what came out. When it fails, the reason is here.</source>
        <translation>Was dem gewählten Knoten aufgetragen ist, was hineinging und was herauskam. Schlägt er fehl, steht hier der Grund.</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>%1 finds any action, workflow, node, run or setting by a few letters. Esc goes back to the graph from anywhere.</source>
        <translation>%1 findet jede Aktion, jeden Workflow, Knoten, Lauf und jede Einstellung mit wenigen Buchstaben. Esc führt von überall zum Graphen zurück.</translation>
    </message>
    <message>
        <source>This</source>
        <translation>Dies</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TrustDialog</name>
    <message>
        <source>Certificate of the gateway</source>
        <translation>Zertifikat des Gateways</translation>
    </message>
    <message>
        <source>The certificate has changed</source>
        <translation>Das Zertifikat ist ein anderes</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Issued to</source>
        <translation>Ausgestellt für</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Trusted before</source>
        <translation>Bisher vertraut</translation>
    </message>
    <message>
        <source>I have asked who runs the gateway: the &amp;new certificate is theirs</source>
        <translation>Beim Betreiber nachgefragt: Das &amp;neue Zertifikat ist seines</translation>
    </message>
    <message>
        <source>This is another certificate than the one that was trusted</source>
        <translation>Das ist ein anderes Zertifikat als das, dem vertraut wurde</translation>
    </message>
    <message>
        <source>Somebody may stand between and read everything, the password included.</source>
        <translation>Jemand könnte dazwischenstehen und alles mitlesen, auch das Passwort.</translation>
    </message>
    <message>
        <source>&amp;Trust the new one</source>
        <translation>Dem neuen &amp;vertrauen</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>Diesem Zertifikat &amp;vertrauen</translation>
    </message>
    <message>
        <source>Trust it only if its SHA-256 is the one that whoever runs the gateway tells you.</source>
        <translation>Nur vertrauen, wenn sein SHA-256 der ist, den der Betreiber des Gateways nennt.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TypedConfirmation</name>
    <message>
        <source>This gateway is in production. Type its name to go on: %1</source>
        <translation>Dieses Gateway ist in Produktion. Weiter geht es mit seinem Namen: %1</translation>
    </message>
    <message>
        <source>Name of the gateway</source>
        <translation>Name des Gateways</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ValueTableModel</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ValueTreeModel</name>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ValueView</name>
    <message>
        <source>Query on the value</source>
        <translation>Abfrage auf den Wert</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>Kein Wert</translation>
    </message>
    <message>
        <source>Show as tree</source>
        <translation>Als Baum zeigen</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Show as text</source>
        <translation>Als Text zeigen</translation>
    </message>
    <message>
        <source>Query (Ctrl+E)</source>
        <translation>Abfrage (Strg+E)</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Copy as JSON (Ctrl+C)</source>
        <translation>Als JSON kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>JSONata, such as items[price &gt; 10].name</source>
        <translation>JSONata, etwa items[price &gt; 10].name</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Esc in the query brings the whole value back.</source>
        <translation>Esc in der Abfrage bringt den ganzen Wert zurück.</translation>
    </message>
    <message>
        <source>the first %1 of %2; copy gives all</source>
        <translation>die ersten %1 von %2; Kopieren gibt alle</translation>
    </message>
    <message>
        <source> · about %1</source>
        <translation> · etwa %1</translation>
    </message>
    <message>
        <source>&amp;Copy value</source>
        <translation>Wert &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>&amp;Query from here</source>
        <translation>Von hier &amp;abfragen</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Query: %1</source>
        <translation>Abfrage: %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Welcome</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Welcome to Signalbox</source>
        <translation>Willkommen bei Signalbox</translation>
    </message>
    <message>
        <source>This is the demo workspace: workflows to look at, run and change. They read only this machine, and every step of a run is kept, so nothing is lost if it is interrupted.</source>
        <translation>Dies ist der Demo-Arbeitsbereich: Workflows zum Ansehen, Ausführen und Ändern. Sie lesen nur diesen Rechner, und jeder Schritt eines Laufs wird festgehalten; nichts geht verloren, wenn er unterbrochen wird.</translation>
    </message>
    <message>
        <source>Workflows of this folder are on the left. Open one to see it as a graph, and run it: every step is kept, so nothing is lost if it is interrupted.</source>
        <translation>Die Workflows dieses Ordners stehen links. Öffnen Sie einen, um ihn als Graphen zu sehen, und führen Sie ihn aus: Jeder Schritt wird festgehalten; nichts geht verloren, wenn er unterbrochen wird.</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>&amp;Rundgang machen</translation>
    </message>
    <message>
        <source>Open the &amp;demo</source>
        <translation>&amp;Demo öffnen</translation>
    </message>
    <message>
        <source>Open a &amp;workspace…</source>
        <translation>Arbeits&amp;bereich öffnen…</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>Über&amp;springen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WindowNotices</name>
    <message>
        <source>&amp;Notifications…</source>
        <translation>&amp;Mitteilungen…</translation>
    </message>
    <message>
        <source>bell history messages toasts</source>
        <translation>Glocke Verlauf Meldungen</translation>
    </message>
    <message>
        <source>Go to the newest &amp;message</source>
        <translation>Zur neuesten &amp;Meldung gehen</translation>
    </message>
    <message>
        <source>toast notification focus</source>
        <translation>Meldung Mitteilung Fokus</translation>
    </message>
    <message>
        <source>%1 is done</source>
        <translation>%1 ist fertig</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>Show the run</source>
        <translation>Lauf zeigen</translation>
    </message>
    <message>
        <source>A run waits for an answer</source>
        <translation>Ein Lauf wartet auf eine Antwort</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WindowTools</name>
    <message>
        <source>Save layout</source>
        <translation>Anordnung speichern</translation>
    </message>
    <message>
        <source>Name of the layout. One of your own with this name is replaced.</source>
        <translation>Name der Anordnung. Eine eigene mit diesem Namen wird ersetzt.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>About Signalbox</source>
        <translation>Über Signalbox</translation>
    </message>
    <message>
        <source>A console for durable workflows.</source>
        <translation>Eine Konsole für dauerhafte Workflows.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. Made with Qt %1.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder später. Mit Qt %1 gemacht.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowActions</name>
    <message>
        <source>Workfl&amp;ow</source>
        <translation>Workfl&amp;ow</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>&amp;New workflow…</source>
        <translation>&amp;Neuer Workflow…</translation>
    </message>
    <message>
        <source>D&amp;uplicate workflow</source>
        <translation>Workflow &amp;duplizieren</translation>
    </message>
    <message>
        <source>&amp;Rename workflow…</source>
        <translation>Workflow &amp;umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Delete workflow</source>
        <translation>Workflow &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>&amp;Versionen…</translation>
    </message>
    <message>
        <source>Res&amp;tore deleted workflow…</source>
        <translation>Gelöschten Workflow &amp;wiederherstellen…</translation>
    </message>
    <message>
        <source>No workflow is chosen in the list</source>
        <translation>In der Liste ist kein Workflow gewählt</translation>
    </message>
    <message>
        <source>“%1” has unsaved edits</source>
        <translation>„%1“ hat ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Open it, and save them or undo them first.</source>
        <translation>Öffnen Sie ihn und speichern Sie die Änderungen zuerst, oder machen Sie sie rückgängig.</translation>
    </message>
    <message>
        <source>New workflow</source>
        <translation>Neuer Workflow</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>An&amp;legen</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>It has been changed meanwhile. Rename again to go ahead with it as it is now.</source>
        <translation>Er wurde inzwischen geändert. Noch einmal „Umbenennen“ nimmt ihn so, wie er jetzt ist.</translation>
    </message>
    <message>
        <source>Saved first, they come back with the workflow if it is restored.</source>
        <translation>Werden sie zuerst gespeichert, kommen sie beim Wiederherstellen des Workflows zurück.</translation>
    </message>
    <message>
        <source>&amp;Save and delete</source>
        <translation>&amp;Speichern und löschen</translation>
    </message>
    <message>
        <source>&amp;Delete without them</source>
        <translation>&amp;Ohne sie löschen</translation>
    </message>
    <message>
        <source>It has been changed meanwhile. Retry deletes it as it is now.</source>
        <translation>Er wurde inzwischen geändert. „Erneut versuchen“ löscht ihn so, wie er jetzt ist.</translation>
    </message>
    <message>
        <source>Delete workflow</source>
        <translation>Workflow löschen</translation>
    </message>
    <message>
        <source>“%1” is deleted at the gateway.</source>
        <translation>„%1“ wird auf dem Gateway gelöscht.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowDocument</name>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowListModel</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>1 Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>1 Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>1 Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowListPanel</name>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>Search workflows</source>
        <translation>Workflows suchen</translation>
    </message>
    <message>
        <source>Loading workflows…</source>
        <translation>Workflows werden geladen…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No workflow has “%1” in its name.</source>
        <translation>Kein Workflow hat „%1“ im Namen.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No workflows</source>
        <translation>Keine Workflows</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>New workflow</source>
        <translation>Neuer Workflow</translation>
    </message>
    <message>
        <source>What to do with the workflow</source>
        <translation>Was mit dem Workflow geschehen soll</translation>
    </message>
    <message>
        <source>Tag of the workflow</source>
        <translation>Schlagwort des Workflows</translation>
    </message>
    <message>
        <source>Search workflows, tag:</source>
        <translation>Workflows suchen, tag:</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>„%1“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Make a new one, or put a *.workflow.json file into the workspace folder.</source>
        <translation>Legen Sie einen neuen an, oder legen Sie eine Datei *.workflow.json in den Ordner des Arbeitsbereichs.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowNameDialog</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>I&amp;d</source>
        <translation>&amp;Kennung</translation>
    </message>
    <message>
        <source>&amp;Start from</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>An empty workflow</source>
        <translation>Leerer Workflow</translation>
    </message>
    <message>
        <source>A copy of “%1”</source>
        <translation>Kopie von „%1“</translation>
    </message>
    <message>
        <source>An id is needed.</source>
        <translation>Eine Kennung ist nötig.</translation>
    </message>
    <message>
        <source>An id has letters, digits, “-”, “_” and “.”, and does not begin with a “.”.</source>
        <translation>Eine Kennung besteht aus Buchstaben, Ziffern, „-“, „_“ und „.“ und beginnt nicht mit „.“.</translation>
    </message>
    <message>
        <source>Another workflow has this id.</source>
        <translation>Ein anderer Workflow hat diese Kennung.</translation>
    </message>
    <message>
        <source>Saved as %1.workflow.json</source>
        <translation>Gespeichert als %1.workflow.json</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowOverview</name>
    <message>
        <source>Parts of the workflow</source>
        <translation>Teile des Workflows</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>The text of this workflow cannot be read. Mend it under JSON.</source>
        <translation>Der Text dieses Workflows kann nicht gelesen werden. Bringen Sie ihn unter JSON in Ordnung.</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1: open %2</source>
        <translation>%1: %2 öffnen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowSource</name>
    <message>
        <source>Workflows</source>
        <translation>Workflows</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowTrashDialog</name>
    <message>
        <source>Restore a deleted workflow</source>
        <translation>Gelöschten Workflow wiederherstellen</translation>
    </message>
    <message>
        <source>Deleted workflows, the last one first</source>
        <translation>Gelöschte Workflows, der letzte zuerst</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>%1, deleted %2</source>
        <translation>%1, gelöscht %2</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>The file comes back to its place as it was.</source>
        <translation>Die Datei kommt unverändert an ihren Platz zurück.</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowUndoBar</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo the deletion</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WorkflowVersionsDialog</name>
    <message>
        <source>Versions of %1</source>
        <translation>Versionen von %1</translation>
    </message>
    <message>
        <source>Versions, the newest first</source>
        <translation>Versionen, die neueste zuerst</translation>
    </message>
    <message>
        <source>Text of the version</source>
        <translation>Text der Version</translation>
    </message>
    <message>
        <source>How the version is shown</source>
        <translation>Wie die Version gezeigt wird</translation>
    </message>
    <message>
        <source>&amp;Changes up to the newest</source>
        <translation>Ä&amp;nderungen bis zur neuesten</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>%1, current, %2</source>
        <translation>%1, aktuell, %2</translation>
    </message>
    <message>
        <source>No version yet. One is kept when a workflow without errors is saved or run.</source>
        <translation>Noch keine Version. Eine wird aufbewahrt, wenn ein Workflow ohne Fehler gespeichert oder ausgeführt wird.</translation>
    </message>
    <message>
        <source>Only the logic is kept; where nodes are drawn makes no version.</source>
        <translation>Nur die Logik wird aufbewahrt; wo Knoten gezeichnet sind, ergibt keine Version.</translation>
    </message>
    <message>
        <source>Version %1 (newest)</source>
        <translation>Version %1 (neueste)</translation>
    </message>
</context>
</TS>
