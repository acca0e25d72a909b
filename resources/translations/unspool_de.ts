<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&lt;h3&gt;Unspool {version}&lt;/h3&gt;&lt;p&gt;Turns one motion-blurred photo into the short, sharp film that the shutter smeared together.&lt;/p&gt;&lt;p&gt;Outline what moved, say roughly which way, and press {keys}.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Unspool {version}&lt;/h3&gt;&lt;p&gt;Macht aus einem bewegungsunscharfen Foto den kurzen, scharfen Film, den der Verschluss verwischt hat.&lt;/p&gt;&lt;p&gt;Umreißen Sie, was sich bewegt hat, geben Sie ungefähr die Richtung an und drücken Sie {keys}.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Unspool</source>
        <translation>Über Unspool</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
</context>
<context>
    <name>ActivityStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the work in the background</source>
        <translation>Die Arbeit im Hintergrund abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>{stage} ({done} of {total})</source>
        <translation>{stage} ({done} von {total})</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>Bring a blurry photo back to life</source>
        <translation>Ein verwischtes Foto wieder lebendig machen</translation>
    </message>
    <message>
        <source>Touch to begin</source>
        <translation>Zum Beginnen berühren</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>News</source>
        <translation>Neuigkeit</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
</context>
<context>
    <name>Camera</name>
    <message>
        <source>Exposing</source>
        <translation>Belichten</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Move while the photo is taken</source>
        <translation>Bewegen Sie sich, während das Foto entsteht</translation>
    </message>
    <message>
        <source>Move!</source>
        <translation>Bewegen!</translation>
    </message>
    <message>
        <source>Take the photo</source>
        <translation>Foto aufnehmen</translation>
    </message>
    <message>
        <source>There is no camera.</source>
        <translation>Es gibt keine Kamera.</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Photo and regions</source>
        <translation>Foto und Bereiche</translation>
    </message>
</context>
<context>
    <name>ClipCommands</name>
    <message>
        <source>{name} holds a short clip, which shows what moved.</source>
        <translation>{name} enthält einen kurzen Clip, der zeigt, was sich bewegt hat.</translation>
    </message>
</context>
<context>
    <name>ClipFrames</name>
    <message>
        <source>Frame {number} is damaged or missing.</source>
        <translation>Bild {number} ist beschädigt oder fehlt.</translation>
    </message>
</context>
<context>
    <name>Clips</name>
    <message>
        <source>Comparing with the frames beside it</source>
        <translation>Vergleich mit den Bildern daneben</translation>
    </message>
    <message>
        <source>Comparing with the photo&apos;s own clip</source>
        <translation>Vergleich mit dem Clip im Foto</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Dekodieren</translation>
    </message>
    <message>
        <source>Decoding the frame</source>
        <translation>Das Bild wird dekodiert</translation>
    </message>
    <message>
        <source>Guidance from the clip</source>
        <translation>Vorgabe aus dem Clip</translation>
    </message>
    <message>
        <source>In the clip of {name} nothing seems to move.</source>
        <translation>Im Clip von {name} scheint sich nichts zu bewegen.</translation>
    </message>
    <message>
        <source>Keeping the frame</source>
        <translation>Das Bild wird aufgehoben</translation>
    </message>
    <message>
        <source>Looking through the clip</source>
        <translation>Der Clip wird durchgesehen</translation>
    </message>
    <message>
        <source>Nothing moves between it and the frames beside it.</source>
        <translation>Zwischen ihm und den Bildern daneben bewegt sich nichts.</translation>
    </message>
    <message>
        <source>Opening a frame of {name}</source>
        <translation>Ein Bild von {name} wird geöffnet</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>The clip has a single frame, so nothing says what moved.</source>
        <translation>Der Clip hat nur ein Bild, also sagt nichts, was sich bewegt hat.</translation>
    </message>
    <message>
        <source>The frame is kept as {path}.</source>
        <translation>Das Bild ist als {path} aufgehoben.</translation>
    </message>
    <message>
        <source>The frames beside it show another scene.</source>
        <translation>Die Bilder daneben zeigen eine andere Szene.</translation>
    </message>
    <message>
        <source>{clip} frame {number}</source>
        <translation>{clip} Bild {number}</translation>
    </message>
    <message>
        <source>{name} is no Motion Photo: there is no clip in it.</source>
        <translation>{name} ist kein Motion Photo: Es enthält keinen Clip.</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>&amp;About Unspool</source>
        <translation>&amp;Über Unspool</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>&amp;Animate</source>
        <translation>&amp;Animieren</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Colours for colour-blind eyes</source>
        <translation>&amp;Farben für Farbenblinde</translation>
    </message>
    <message>
        <source>&amp;Cut out</source>
        <translation>Aus&amp;schneiden</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>Ric&amp;htung</translation>
    </message>
    <message>
        <source>&amp;Done and next</source>
        <translation>&amp;Fertig und weiter</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Ellipse</source>
        <translation>&amp;Ellipse</translation>
    </message>
    <message>
        <source>&amp;Export film…</source>
        <translation>Film e&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>&amp;Guidance over photo</source>
        <translation>&amp;Vorgabe über dem Foto</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Hidden from view</source>
        <translation>Ausge&amp;blendet</translation>
    </message>
    <message>
        <source>&amp;Import guidance…</source>
        <translation>Vorgabe &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation>&amp;Lasso</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Locked</source>
        <translation>&amp;Gesperrt</translation>
    </message>
    <message>
        <source>&amp;Mark as done</source>
        <translation>Als fertig &amp;markieren</translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;Next photo</source>
        <translation>&amp;Nächstes Foto</translation>
    </message>
    <message>
        <source>&amp;One above the other</source>
        <translation>Ü&amp;bereinander</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>&amp;Umriss</translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation>Foto &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Photo and film move together</source>
        <translation>Foto und Film gemeinsam &amp;bewegen</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>F&amp;otos</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>Ab&amp;spielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Previous photo</source>
        <translation>&amp;Vorheriges Foto</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>&amp;Rechteck</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Save frame as photo…</source>
        <translation>Bild als &amp;Foto sichern …</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>Aus&amp;wählen</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Statistics…</source>
        <translation>&amp;Statistik …</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Erschei&amp;nungsbild</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Trajectories over photo</source>
        <translation>Bewegungsba&amp;hnen über dem Foto</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Where it does not re-blur</source>
        <translation>&amp;Wo er nicht zum Foto passt</translation>
    </message>
    <message>
        <source>&amp;Whole photo moves</source>
        <translation>Ganzes &amp;Foto bewegt sich</translation>
    </message>
    <message>
        <source>&amp;Write a note</source>
        <translation>Noti&amp;z schreiben</translation>
    </message>
    <message>
        <source>Animate every edit at once, small and fast</source>
        <translation>Jede Änderung sofort animieren, klein und schnell</translation>
    </message>
    <message>
        <source>Another frame of the photo&apos;s own clip…</source>
        <translation>Anderes Bild aus dem Clip im Foto…</translation>
    </message>
    <message>
        <source>As the &amp;window allows</source>
        <translation>Wie das Fenster es &amp;zulässt</translation>
    </message>
    <message>
        <source>Bring &amp;forward</source>
        <translation>Nach &amp;vorn</translation>
    </message>
    <message>
        <source>C&amp;ompare with the photo</source>
        <translation>Mit dem Fo&amp;to vergleichen</translation>
    </message>
    <message>
        <source>Colour the photo where the film does not average to it</source>
        <translation>Das Foto dort einfärben, wo der Film gemittelt nicht das Foto ergibt</translation>
    </message>
    <message>
        <source>Colours of the directions that everyone can tell apart; files keep theirs</source>
        <translation>Richtungsfarben, die alle unterscheiden können; Dateien behalten ihre Farben</translation>
    </message>
    <message>
        <source>Copy film as G&amp;IF</source>
        <translation>Film als G&amp;IF kopieren</translation>
    </message>
    <message>
        <source>Copy fra&amp;me</source>
        <translation>&amp;Einzelbild kopieren</translation>
    </message>
    <message>
        <source>Cut drawn shapes out of the selected region</source>
        <translation>Gezeichnete Formen aus dem ausgewählten Bereich ausschneiden</translation>
    </message>
    <message>
        <source>Done: save, and go on</source>
        <translation>Fertig: speichern und weitergehen</translation>
    </message>
    <message>
        <source>Drag a rectangle</source>
        <translation>Ein Rechteck aufziehen</translation>
    </message>
    <message>
        <source>Drag an ellipse</source>
        <translation>Eine Ellipse aufziehen</translation>
    </message>
    <message>
        <source>Drag around what moved</source>
        <translation>Um das herum ziehen, was sich bewegt hat</translation>
    </message>
    <message>
        <source>Drag from where something was first to where it was last</source>
        <translation>Von dort, wo etwas zuerst war, dorthin ziehen, wo es zuletzt war</translation>
    </message>
    <message>
        <source>Drag inside a region the way it moved</source>
        <translation>In einem Bereich so ziehen, wie er sich bewegt hat</translation>
    </message>
    <message>
        <source>Draw roughly around or over what moved</source>
        <translation>Grob um das oder über das zeichnen, was sich bewegt hat</translation>
    </message>
    <message>
        <source>Dupli&amp;cate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>Er&amp;aser</source>
        <translation>Ra&amp;diergummi</translation>
    </message>
    <message>
        <source>Export &amp;guidance…</source>
        <translation>Vorgabe &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export &amp;labels of the folder…</source>
        <translation>Markierungen des Ordners ex&amp;portieren …</translation>
    </message>
    <message>
        <source>Export the film</source>
        <translation>Den Film exportieren</translation>
    </message>
    <message>
        <source>F&amp;ilm</source>
        <translation>F&amp;ilm</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Film in f&amp;ull screen</source>
        <translation>Film im V&amp;ollbild</translation>
    </message>
    <message>
        <source>Grow the outline by where things were first and last, so that nothing cuts them off</source>
        <translation>Den Umriss um die Orte erweitern, an denen etwas zuerst und zuletzt war, damit nichts abgeschnitten wird</translation>
    </message>
    <message>
        <source>Guidance from a neighbouring photo…</source>
        <translation>Vorgabe aus einem Nachbarfoto…</translation>
    </message>
    <message>
        <source>Guidance from the photo&apos;s own clip</source>
        <translation>Vorgabe aus dem Clip im Foto</translation>
    </message>
    <message>
        <source>Ho&amp;w far</source>
        <translation>Wie wei&amp;t</translation>
    </message>
    <message>
        <source>Import la&amp;bels for the folder…</source>
        <translation>Markierungen für den Ordner i&amp;mportieren …</translation>
    </message>
    <message>
        <source>Lar&amp;ger brush</source>
        <translation>&amp;Größerer Pinsel</translation>
    </message>
    <message>
        <source>Li&amp;ve preview</source>
        <translation>&amp;Live-Vorschau</translation>
    </message>
    <message>
        <source>Ma&amp;ke room for the ends</source>
        <translation>Plat&amp;z für die Enden schaffen</translation>
    </message>
    <message>
        <source>Make the film</source>
        <translation>Den Film machen</translation>
    </message>
    <message>
        <source>Next photo that is n&amp;ot done</source>
        <translation>Nächstes &amp;unfertiges Foto</translation>
    </message>
    <message>
        <source>One pixel for one pixel</source>
        <translation>Ein Bildpunkt für einen Bildpunkt</translation>
    </message>
    <message>
        <source>One region for the whole photo</source>
        <translation>Ein Bereich für das ganze Foto</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open a photo, clip or project</source>
        <translation>Ein Foto, einen Clip oder ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Outline what is blurred; you say which way it moved</source>
        <translation>Umreißen, was verwischt ist; die Richtung geben Sie an</translation>
    </message>
    <message>
        <source>Outline what moved</source>
        <translation>Umreißen, was sich bewegt hat</translation>
    </message>
    <message>
        <source>P&amp;revious frame</source>
        <translation>&amp;Vorheriges Bild</translation>
    </message>
    <message>
        <source>Paint over what moved</source>
        <translation>Übermalen, was sich bewegt hat</translation>
    </message>
    <message>
        <source>Photo and fil&amp;m</source>
        <translation>Foto und Fil&amp;m</translation>
    </message>
    <message>
        <source>Photo and film enlarged at the same place; Tab goes to it, + and - zoom</source>
        <translation>Foto und Film an derselben Stelle vergrößert; Tab springt hinein, + und - vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>Play &amp;faster</source>
        <translation>S&amp;chneller abspielen</translation>
    </message>
    <message>
        <source>Play s&amp;lower</source>
        <translation>Langsa&amp;mer abspielen</translation>
    </message>
    <message>
        <source>Preview what is s&amp;een</source>
        <translation>Vo&amp;rschau des Sichtbaren</translation>
    </message>
    <message>
        <source>Re&amp;name region</source>
        <translation>Bereich &amp;umbenennen</translation>
    </message>
    <message>
        <source>S&amp;harpness loupe</source>
        <translation>Sch&amp;ärfelupe</translation>
    </message>
    <message>
        <source>S&amp;mart outline</source>
        <translation>&amp;Kluger Umriss</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Save the frame shown as a sharp photo, with what the camera wrote about it</source>
        <translation>Das gezeigte Bild als scharfes Foto sichern, mit dem, was die Kamera dazu schrieb</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Das Projekt speichern</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alle auswählen</translation>
    </message>
    <message>
        <source>Select, move and reshape regions</source>
        <translation>Bereiche auswählen, verschieben und umformen</translation>
    </message>
    <message>
        <source>Send &amp;backward</source>
        <translation>Nach &amp;hinten</translation>
    </message>
    <message>
        <source>Show the whole photo</source>
        <translation>Das ganze Foto zeigen</translation>
    </message>
    <message>
        <source>Smaller brus&amp;h</source>
        <translation>Kle&amp;inerer Pinsel</translation>
    </message>
    <message>
        <source>Su&amp;ggest animations</source>
        <translation>Animationen vorschla&amp;gen</translation>
    </message>
    <message>
        <source>What &amp;is blurred?</source>
        <translation>Was ist verwi&amp;scht?</translation>
    </message>
    <message>
        <source>What moved, as the clip in the file of a Motion Photo shows it</source>
        <translation>Was sich bewegt hat, wie es der Clip in der Datei eines Motion Photos zeigt</translation>
    </message>
    <message>
        <source>When zoomed in, animate the part in view at the size at which it is seen</source>
        <translation>Bei vergrößerter Ansicht den sichtbaren Teil in der Größe animieren, in der man ihn sieht</translation>
    </message>
    <message>
        <source>Wipe away from regions</source>
        <translation>Von Bereichen wegwischen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
</context>
<context>
    <name>Compass</name>
    <message>
        <source>Direction {name}</source>
        <translation>Richtung {name}</translation>
    </message>
    <message>
        <source>for the next region</source>
        <translation>für den nächsten Bereich</translation>
    </message>
    <message>
        <source>for the selected region</source>
        <translation>für den ausgewählten Bereich</translation>
    </message>
    <message>
        <source>for the selected regions</source>
        <translation>für die ausgewählten Bereiche</translation>
    </message>
    <message>
        <source>key {key}</source>
        <translation>Taste {key}</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>Cut out</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Import guidance</source>
        <translation>Vorgabe importieren</translation>
    </message>
    <message>
        <source>Nothing is set to move, so the film stands still: outline what moved and give it a direction.</source>
        <translation>Nichts soll sich bewegen, also steht der Film still: Umreißen Sie, was sich bewegt hat, und geben Sie ihm eine Richtung.</translation>
    </message>
    <message>
        <source>Saved the guidance as {path}.</source>
        <translation>Die Vorgabe ist als {path} gespeichert.</translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation>{path} ist gespeichert.</translation>
    </message>
    <message>
        <source>Smart outline</source>
        <translation>Kluger Umriss</translation>
    </message>
    <message>
        <source>This network does not listen to how far things moved: only the directions counted.</source>
        <translation>Dieses Netz hört nicht darauf, wie weit sich etwas bewegt hat: Nur die Richtungen zählten.</translation>
    </message>
    <message>
        <source>{name} holds no region that moves.</source>
        <translation>{name} enthält keinen Bereich, der sich bewegt.</translation>
    </message>
</context>
<context>
    <name>Direction</name>
    <message>
        <source>down-left</source>
        <translation>links unten</translation>
    </message>
    <message>
        <source>down-right</source>
        <translation>rechts unten</translation>
    </message>
    <message>
        <source>static</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>up-left</source>
        <translation>links oben</translation>
    </message>
    <message>
        <source>up-right</source>
        <translation>rechts oben</translation>
    </message>
</context>
<context>
    <name>Discoveries</name>
    <message>
        <source>Looking for blur</source>
        <translation>Unschärfe wird gesucht</translation>
    </message>
    <message>
        <source>Outline what is blurred</source>
        <translation>Verwischtes umreißen</translation>
    </message>
    <message>
        <source>Suggesting animations</source>
        <translation>Animationen vorschlagen</translation>
    </message>
    <message>
        <source>Take suggestion</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Tracing trajectories</source>
        <translation>Bewegungsbahnen verfolgen</translation>
    </message>
</context>
<context>
    <name>DistancePanel</name>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>How far it moved in photo pixels</source>
        <translation>Wie weit es sich bewegt hat, in Pixeln des Fotos</translation>
    </message>
    <message>
        <source>How far it moved while the shutter was open, if you can tell. The tool How far (A) drags it in the photo; 0 leaves it to the network, and then the field shows what that reads of the blur.</source>
        <translation>Wie weit es sich bewegt hat, während der Verschluss offen war, falls das zu sehen ist. Das Werkzeug Wie weit (A) zieht es im Foto; 0 überlässt es dem Netz, und das Feld zeigt dann, was dieses aus der Unschärfe liest.</translation>
    </message>
    <message>
        <source>Moved by</source>
        <translation>Bewegt um</translation>
    </message>
    <message>
        <source>Networks know {known} px: films of {edge} px or less may come out better.</source>
        <translation>Die Netze kennen {known} px: Filme von höchstens {edge} px gelingen vielleicht besser.</translation>
    </message>
    <message>
        <source>about {pixels} px</source>
        <translation>etwa {pixels} px</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>ungesagt</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Region {number}</source>
        <translation>Bereich {number}</translation>
    </message>
</context>
<context>
    <name>EditCommands</name>
    <message>
        <source>&amp;Redo point</source>
        <translation>Punkt &amp;wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>&amp;Wiederherstellen: {what}</translation>
    </message>
    <message>
        <source>&amp;Undo point</source>
        <translation>Punkt &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>&amp;Rückgängig: {what}</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Delete region</source>
        <translation>Bereich löschen</translation>
    </message>
    <message>
        <source>Delete regions</source>
        <translation>Bereiche löschen</translation>
    </message>
    <message>
        <source>Duplicate region</source>
        <translation>Bereich duplizieren</translation>
    </message>
    <message>
        <source>Duplicate regions</source>
        <translation>Bereiche duplizieren</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Make room for the ends</source>
        <translation>Platz für die Enden schaffen</translation>
    </message>
    <message>
        <source>Mark as done</source>
        <translation>Als fertig markieren</translation>
    </message>
    <message>
        <source>Mark as not done</source>
        <translation>Als nicht fertig markieren</translation>
    </message>
    <message>
        <source>Outline region</source>
        <translation>Bereich umreißen</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>Say how far</source>
        <translation>Sagen, wie weit</translation>
    </message>
    <message>
        <source>Set direction</source>
        <translation>Richtung setzen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Einblenden</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Whole photo moves</source>
        <translation>Ganzes Foto bewegt sich</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>Notiz schreiben</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>&lt;b&gt;{kind}&lt;/b&gt;: an error that the program did not foresee. Your photo and regions are still here; saving them now is wise.</source>
        <translation>&lt;b&gt;{kind}&lt;/b&gt;: ein Fehler, den das Programm nicht vorhergesehen hat. Ihr Foto und die Bereiche sind noch da; es ist klug, sie jetzt zu speichern.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>Einzelheiten des Fehlers</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source> frames per second</source>
        <translation> Bilder pro Sekunde</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>&amp;Contact sheet (PNG)</source>
        <translation>&amp;Kontaktbogen (PNG)</translation>
    </message>
    <message>
        <source>&amp;Frames as PNG pictures, in a folder</source>
        <translation>&amp;Einzelbilder als PNG, in einem Ordner</translation>
    </message>
    <message>
        <source>&amp;Guidance map (PNG)</source>
        <translation>&amp;Vorgabekarte (PNG)</translation>
    </message>
    <message>
        <source>&amp;In between</source>
        <translation>&amp;Dazwischen</translation>
    </message>
    <message>
        <source>&amp;Labels (labelme JSON)</source>
        <translation>&amp;Markierungen (labelme-JSON)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Pace</source>
        <translation>&amp;Tempo</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>, the film {seconds} s</source>
        <translation>, der Film {seconds} s</translation>
    </message>
    <message>
        <source>A name cannot hold a slash: choose the folder above.</source>
        <translation>Ein Name darf keinen Schrägstrich enthalten: Wählen Sie oben den Ordner.</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>Animiertes GIF</translation>
    </message>
    <message>
        <source>Animated PNG, lossless</source>
        <translation>Animiertes PNG, verlustfrei</translation>
    </message>
    <message>
        <source>Animated WebP</source>
        <translation>Animiertes WebP</translation>
    </message>
    <message>
        <source>At l&amp;east</source>
        <translation>&amp;Mindestens</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export film</source>
        <translation>Film exportieren</translation>
    </message>
    <message>
        <source>Fil&amp;m</source>
        <translation>&amp;Film</translation>
    </message>
    <message>
        <source>Film format</source>
        <translation>Format des Films</translation>
    </message>
    <message>
        <source>Folder to save in</source>
        <translation>Ordner zum Speichern</translation>
    </message>
    <message>
        <source>Frames in between</source>
        <translation>Zwischenbilder</translation>
    </message>
    <message>
        <source>Frames of the exposure per second</source>
        <translation>Bilder der Belichtung pro Sekunde</translation>
    </message>
    <message>
        <source>How the film repeats</source>
        <translation>Wie sich der Film wiederholt</translation>
    </message>
    <message>
        <source>Labels (C&amp;OCO JSON)</source>
        <translation>Markierungen (C&amp;OCO-JSON)</translation>
    </message>
    <message>
        <source>MP4 and WebM do not repeat by themselves: rounds are added</source>
        <translation>MP4 und WebM wiederholen sich nicht von selbst: Runden werden angehängt</translation>
    </message>
    <message>
        <source>MP4 film</source>
        <translation>MP4-Film</translation>
    </message>
    <message>
        <source>Name of the files</source>
        <translation>Name der Dateien</translation>
    </message>
    <message>
        <source>No folder is chosen.</source>
        <translation>Es ist kein Ordner gewählt.</translation>
    </message>
    <message>
        <source>Nothing is ticked.</source>
        <translation>Es ist nichts angekreuzt.</translation>
    </message>
    <message>
        <source>Pla&amp;ys</source>
        <translation>&amp;Ablauf</translation>
    </message>
    <message>
        <source>Replace?</source>
        <translation>Ersetzen?</translation>
    </message>
    <message>
        <source>Save &amp;in</source>
        <translation>&amp;Speichern in</translation>
    </message>
    <message>
        <source>Shortest length in seconds</source>
        <translation>Kürzeste Länge in Sekunden</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>The files need a name.</source>
        <translation>Die Dateien brauchen einen Namen.</translation>
    </message>
    <message>
        <source>WebM film</source>
        <translation>WebM-Film</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message>
        <source>as they are, without in-betweens</source>
        <translation>wie sie sind, ohne Zwischenbilder</translation>
    </message>
    <message>
        <source>its size cannot be told</source>
        <translation>seine Größe lässt sich nicht sagen</translation>
    </message>
    <message>
        <source>smooth, {rate} frames per second</source>
        <translation>flüssig, {rate} Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} Byte</translation>
    </message>
    <message>
        <source>{count} frames at {fps} a second, one round {round} s</source>
        <translation>{count} Bilder bei {fps} pro Sekunde, eine Runde {round} s</translation>
    </message>
    <message>
        <source>{names} exist already. Replace them?</source>
        <translation>{names} sind schon vorhanden. Ersetzen?</translation>
    </message>
    <message>
        <source>{names} exists already. Replace it?</source>
        <translation>{names} ist schon vorhanden. Ersetzen?</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>{path} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>{size}, as the film</source>
        <translation>{size}, wie der Film</translation>
    </message>
</context>
<context>
    <name>ExportJobs</name>
    <message>
        <source>Copying the film</source>
        <translation>Film wird kopiert</translation>
    </message>
    <message>
        <source>Estimating the size</source>
        <translation>Größe wird geschätzt</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>{name} wird exportiert</translation>
    </message>
    <message>
        <source>Preparing the copy</source>
        <translation>Kopie wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the export</source>
        <translation>Export wird vorbereitet</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>After this one</source>
        <translation>Nach diesem</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Another program has changed {name} since it was opened here. Replace it by your version? No keeps it and asks for another name.</source>
        <translation>Ein anderes Programm hat {name} geändert, seit die Datei hier geöffnet wurde. Durch Ihre Fassung ersetzen? „Nein“ behält sie und fragt nach einem anderen Namen.</translation>
    </message>
    <message>
        <source>Before this one</source>
        <translation>Vor diesem</translation>
    </message>
    <message>
        <source>Export guidance</source>
        <translation>Vorgabe exportieren</translation>
    </message>
    <message>
        <source>Guidance from a neighbouring photo</source>
        <translation>Vorgabe aus einem Nachbarfoto</translation>
    </message>
    <message>
        <source>Import guidance</source>
        <translation>Vorgabe importieren</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Open a photo, clip or project</source>
        <translation>Ein Foto, einen Clip oder ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Photos, clips and projects</source>
        <translation>Fotos, Clips und Projekte</translation>
    </message>
    <message>
        <source>Replace the project?</source>
        <translation>Das Projekt ersetzen?</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Save the project?</source>
        <translation>Das Projekt speichern?</translation>
    </message>
    <message>
        <source>The photo taken just after or just before</source>
        <translation>Das Foto unmittelbar davor oder danach</translation>
    </message>
    <message>
        <source>The regions of {name} have unsaved changes.</source>
        <translation>Die Bereiche von {name} haben ungespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>When was {name} taken? What moved replaces the regions; undo brings them back.</source>
        <translation>Wann wurde {name} aufgenommen? Was sich bewegt hat, ersetzt die Regionen; Rückgängig holt sie zurück.</translation>
    </message>
</context>
<context>
    <name>FilmClipboard</name>
    <message>
        <source>Copied frame {number} of {count} as a picture, {width} × {height}.</source>
        <translation>Bild {number} von {count} ist als Bild kopiert, {width} × {height}.</translation>
    </message>
    <message>
        <source>Copied the film as an animated GIF, {width} × {height}, {size}, without in-betweens. It can be pasted until Unspool closes.</source>
        <translation>Der Film ist als animiertes GIF kopiert, {width} × {height}, {size}, ohne Zwischenbilder. Er lässt sich einfügen, bis Unspool geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>FilmCommands</name>
    <message>
        <source>Looking for what is blurred…</source>
        <translation>Verwischtes wird gesucht …</translation>
    </message>
    <message>
        <source>Outlined what is blurred: press 1 to 4 to say which way it moved.</source>
        <translation>Verwischtes ist umrissen: Drücken Sie 1 bis 4, um die Richtung anzugeben.</translation>
    </message>
</context>
<context>
    <name>FilmPanel</name>
    <message>
        <source> fps</source>
        <translation> B/s</translation>
    </message>
    <message>
        <source>Compare photo and film (C)</source>
        <translation>Foto und Film vergleichen (C)</translation>
    </message>
    <message>
        <source>Ctrl+Return makes the film at full quality</source>
        <translation>Strg+Eingabe macht den Film in voller Qualität</translation>
    </message>
    <message>
        <source>Film controls</source>
        <translation>Steuerung des Films</translation>
    </message>
    <message>
        <source>Film · out of date: a preview is on its way…</source>
        <translation>Film · veraltet: eine Vorschau entsteht …</translation>
    </message>
    <message>
        <source>Film · out of date: press Animate to follow your changes</source>
        <translation>Film · veraltet: Drücken Sie „Animieren“, damit er Ihren Änderungen folgt</translation>
    </message>
    <message>
        <source>Film · {quality} · {count} frames, {width} × {height}</source>
        <translation>Film · {quality} · {count} Bilder, {width} × {height}</translation>
    </message>
    <message>
        <source>Frame of the film</source>
        <translation>Bild des Films</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>How the film repeats</source>
        <translation>Wie sich der Film wiederholt</translation>
    </message>
    <message>
        <source>Next frame (.)</source>
        <translation>Nächstes Bild (.)</translation>
    </message>
    <message>
        <source>Play or pause (K)</source>
        <translation>Abspielen oder anhalten (K)</translation>
    </message>
    <message>
        <source>Preview (fast) of the part in view</source>
        <translation>Vorschau (schnell) des sichtbaren Teils</translation>
    </message>
    <message>
        <source>Preview (fast) of the whole photo</source>
        <translation>Vorschau (schnell) des ganzen Fotos</translation>
    </message>
    <message>
        <source>Previous frame (,)</source>
        <translation>Vorheriges Bild (,)</translation>
    </message>
    <message>
        <source>You are zoomed in, so what is in view is animated at the size at which you see it. What lies outside stands still or is coarser. Full quality and export are always of the whole photo.</source>
        <translation>Die Ansicht ist vergrößert, darum bewegt sich der sichtbare Teil in der Größe, in der man ihn sieht. Was außerhalb liegt, steht still oder ist gröber. Volle Qualität und Ausgabe gelten immer dem ganzen Foto.</translation>
    </message>
    <message>
        <source>fast network</source>
        <translation>schnelles Netz</translation>
    </message>
    <message>
        <source>following the view…</source>
        <translation>folgt der Ansicht …</translation>
    </message>
    <message>
        <source>following your changes…</source>
        <translation>folgt den Änderungen …</translation>
    </message>
    <message>
        <source>full quality</source>
        <translation>volle Qualität</translation>
    </message>
    <message>
        <source>{text}, nothing moves</source>
        <translation>{text}, nichts bewegt sich</translation>
    </message>
</context>
<context>
    <name>FilmQuality</name>
    <message>
        <source>The frames, averaged again, are compared with the photo where something moves. A low number means that the film does not explain the blur: the outline or the direction is likely wrong. A high one means that it explains it, not that it shows what really happened: a motion and its reverse leave the same blur.</source>
        <translation>Die Bilder werden wieder gemittelt und dort, wo sich etwas bewegt, mit dem Foto verglichen. Eine niedrige Zahl bedeutet, dass der Film die Unschärfe nicht erklärt: Umriss oder Richtung stimmen wohl nicht. Eine hohe bedeutet, dass er sie erklärt, nicht, dass er zeigt, was wirklich geschah: Eine Bewegung und ihre Umkehrung hinterlassen dieselbe Unschärfe.</translation>
    </message>
    <message>
        <source>re-blurs to the photo at {psnr} dB, {percent} % off</source>
        <translation>ergibt gemittelt das Foto auf {psnr} dB, {percent} % daneben</translation>
    </message>
    <message>
        <source>re-blurs to the photo exactly</source>
        <translation>ergibt gemittelt genau das Foto</translation>
    </message>
    <message>
        <source>{text}: a poor match</source>
        <translation>{text}: passt schlecht</translation>
    </message>
</context>
<context>
    <name>FilmSettings</name>
    <message>
        <source>Animate</source>
        <translation>Animieren</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Make the film (Ctrl+Return)</source>
        <translation>Den Film machen (Strg+Return)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Number of sharp frames</source>
        <translation>Anzahl der scharfen Bilder</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the film</source>
        <translation>Größe des Films</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>{edge} px longest side</source>
        <translation>{edge} px längste Seite</translation>
    </message>
</context>
<context>
    <name>FilmView</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Guidance (*.png *.npy *.json);;All files (*)</source>
        <translation>Vorgaben (*.png *.npy *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Guidance PNG (*.png);;labelme JSON (*.json);;NumPy array (*.npy)</source>
        <translation>Vorgabe-PNG (*.png);;labelme-JSON (*.json);;NumPy-Feld (*.npy)</translation>
    </message>
    <message>
        <source>Unspool projects (*.unspool.json)</source>
        <translation>Unspool-Projekte (*.unspool.json)</translation>
    </message>
</context>
<context>
    <name>FolderCommands</name>
    <message numerus="yes">
        <source>All %n photo(s) of {folder} are done.</source>
        <translation>
            <numerusform>Das eine Foto von {folder} ist fertig.</numerusform>
            <numerusform>Alle %n Fotos von {folder} sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All photos listed are done; %n that are not listed wait.</source>
        <translation>
            <numerusform>Alle aufgeführten Fotos sind fertig; eines, das nicht aufgeführt ist, wartet.</numerusform>
            <numerusform>Alle aufgeführten Fotos sind fertig; %n, die nicht aufgeführt sind, warten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{photo} is done and saved.</source>
        <translation>{photo} ist fertig und gespeichert.</translation>
    </message>
</context>
<context>
    <name>FolderDock</name>
    <message>
        <source>Name contains…</source>
        <translation>Name enthält …</translation>
    </message>
    <message>
        <source>Part of the names of the photos listed</source>
        <translation>Teil der Namen der aufgeführten Fotos</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos of the folder</source>
        <translation>Fotos des Ordners</translation>
    </message>
    <message>
        <source>Photos · {name}</source>
        <translation>Fotos · {name}</translation>
    </message>
    <message>
        <source>Which photos are listed</source>
        <translation>Welche Fotos aufgeführt sind</translation>
    </message>
    <message>
        <source>{done} of {count} done</source>
        <translation>{done} von {count} fertig</translation>
    </message>
    <message>
        <source>{done} of {count} done, {listed} listed</source>
        <translation>{done} von {count} fertig, {listed} aufgeführt</translation>
    </message>
    <message>
        <source>{state}, unsaved</source>
        <translation>{state}, ungespeichert</translation>
    </message>
</context>
<context>
    <name>FrameExport</name>
    <message>
        <source>Photos ({kinds})</source>
        <translation>Fotos ({kinds})</translation>
    </message>
    <message>
        <source>Save frame as photo</source>
        <translation>Bild als Foto sichern</translation>
    </message>
    <message>
        <source>Saved the frame as {path}.</source>
        <translation>Das Bild wurde als {path} gesichert.</translation>
    </message>
    <message>
        <source>Saving the frame</source>
        <translation>Das Bild wird gesichert</translation>
    </message>
    <message>
        <source>{path} is the blurry photo itself; choose another name.</source>
        <translation>{path} ist das unscharfe Foto selbst; ein anderer Name ist nötig.</translation>
    </message>
</context>
<context>
    <name>FramePicker</name>
    <message>
        <source>&amp;Open this frame</source>
        <translation>Dieses Bild ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Frame of the clip</source>
        <translation>Bild des Clips</translation>
    </message>
    <message>
        <source>Frame {number} of {count} · {time}</source>
        <translation>Bild {number} von {count} · {time}</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Pick a frame of {name}</source>
        <translation>Ein Bild von {name} wählen</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>Vorheriges Bild</translation>
    </message>
    <message>
        <source>Take &amp;guidance from the frames before and after it</source>
        <translation>&amp;Vorgabe aus den Bildern davor und danach</translation>
    </message>
    <message>
        <source>The frame</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>What moves becomes regions that you can edit, undo or replace.</source>
        <translation>Was sich bewegt, wird zu Regionen, die sich ändern, rückgängig machen oder ersetzen lassen.</translation>
    </message>
</context>
<context>
    <name>FrameStrip</name>
    <message>
        <source>Frames across the clip</source>
        <translation>Bilder aus dem ganzen Clip</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Add point</source>
        <translation>Punkt hinzufügen</translation>
    </message>
    <message>
        <source>Delete point</source>
        <translation>Punkt löschen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move point</source>
        <translation>Punkt verschieben</translation>
    </message>
    <message>
        <source>Move region</source>
        <translation>Bereich verschieben</translation>
    </message>
    <message>
        <source>Move regions</source>
        <translation>Bereiche verschieben</translation>
    </message>
</context>
<context>
    <name>Heat</name>
    <message>
        <source>Colouring the differences</source>
        <translation>Die Unterschiede werden eingefärbt</translation>
    </message>
    <message>
        <source>Comparing with the photo</source>
        <translation>Wird mit dem Foto verglichen</translation>
    </message>
    <message>
        <source>Film re-blurred, differs from the photo by</source>
        <translation>Gemittelter Film weicht vom Foto ab um</translation>
    </message>
    <message>
        <source>Re-blurring the film</source>
        <translation>Der Film wird gemittelt</translation>
    </message>
    <message>
        <source>{share} % or more</source>
        <translation>{share} % oder mehr</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>Click around what moved; click the first point or double-click to close. Drag inside the selected region to point it. Alt cuts a hole.</source>
        <translation>Klicken Sie rings um das, was sich bewegt hat; ein Klick auf den ersten Punkt oder ein Doppelklick schließt den Umriss. Ziehen im ausgewählten Bereich gibt die Richtung an. Alt schneidet ein Loch.</translation>
    </message>
    <message>
        <source>Click around what to cut out of the selected region; X goes back to new regions.</source>
        <translation>Klicken Sie rings um das, was aus dem ausgewählten Bereich herausfallen soll; X kehrt zu neuen Bereichen zurück.</translation>
    </message>
    <message>
        <source>Click the first point, double-click or press Enter to close. Ctrl+Z takes back a point, Esc gives up.</source>
        <translation>Klick auf den ersten Punkt, Doppelklick oder Eingabe schließt den Umriss. Strg+Z nimmt einen Punkt zurück, Esc verwirft.</translation>
    </message>
    <message>
        <source>Drag a region to move it, a point to reshape it, its badge to point it. Shift adds to the selection; drag beside regions to select several.</source>
        <translation>Einen Bereich ziehen verschiebt ihn, einen Punkt ziehen formt ihn um, sein Zeichen ziehen gibt die Richtung an. Umschalt erweitert die Auswahl; Ziehen neben Bereichen wählt mehrere aus.</translation>
    </message>
    <message>
        <source>Drag around what moved; let go to close. Alt cuts a hole.</source>
        <translation>Ziehen Sie um das herum, was sich bewegt hat; Loslassen schließt den Umriss. Alt schneidet ein Loch.</translation>
    </message>
    <message>
        <source>Drag around what to cut out of the selected region; X goes back to new regions.</source>
        <translation>Ziehen Sie um das herum, was aus dem ausgewählten Bereich herausfallen soll; X kehrt zu neuen Bereichen zurück.</translation>
    </message>
    <message>
        <source>Drag from corner to corner to cut out; X goes back to new regions.</source>
        <translation>Von Ecke zu Ecke ziehen schneidet aus; X kehrt zu neuen Bereichen zurück.</translation>
    </message>
    <message>
        <source>Drag from corner to corner; Shift makes a circle, Alt cuts a hole.</source>
        <translation>Von Ecke zu Ecke ziehen; Umschalt macht einen Kreis, Alt schneidet ein Loch.</translation>
    </message>
    <message>
        <source>Drag from corner to corner; Shift makes a square, Alt cuts a hole.</source>
        <translation>Von Ecke zu Ecke ziehen; Umschalt macht ein Quadrat, Alt schneidet ein Loch.</translation>
    </message>
    <message>
        <source>Drag inside a region from where a thing in it was first to where it was last, as along a bright streak.</source>
        <translation>In einem Bereich von dort, wo etwas zuerst war, dorthin ziehen, wo es zuletzt war, etwa eine helle Spur entlang.</translation>
    </message>
    <message>
        <source>Drag inside a region the way it moved.</source>
        <translation>Ziehen Sie in einem Bereich so, wie er sich bewegt hat.</translation>
    </message>
    <message>
        <source>Draw roughly around what moved, or along the middle of it, and let go: its outline is found for you. Alt cuts out.</source>
        <translation>Zeichnen Sie grob um das, was sich bewegt hat, oder durch seine Mitte, und lassen Sie los: Der Umriss wird für Sie gefunden. Alt schneidet aus.</translation>
    </message>
    <message>
        <source>Paint over what moved. Strokes that touch the selected region grow it; [ and ] change the size, Alt erases.</source>
        <translation>Übermalen Sie, was sich bewegt hat. Striche, die den ausgewählten Bereich berühren, vergrößern ihn; [ und ] ändern die Breite, Alt radiert.</translation>
    </message>
    <message>
        <source>Read-only: click a region to select it, turn the wheel to zoom, hold Space and drag to move about.</source>
        <translation>Nur ansehen: Klick wählt eine Region, das Mausrad zoomt, mit gedrückter Leertaste verschieben.</translation>
    </message>
    <message>
        <source>The brush cuts out, as the eraser does; X goes back to painting.</source>
        <translation>Der Pinsel schneidet aus wie der Radiergummi; X kehrt zum Malen zurück.</translation>
    </message>
    <message>
        <source>Wipe away from the selected regions, or from all when none is selected; [ and ] change the size.</source>
        <translation>Wischen Sie von den ausgewählten Bereichen weg, oder von allen, wenn keiner ausgewählt ist; [ und ] ändern die Breite.</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Only {name} was opened: one project or folder at a time.</source>
        <translation>Nur {name} wurde geöffnet: ein Projekt oder Ordner auf einmal.</translation>
    </message>
    <message>
        <source>There is no photo on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Foto.</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Animating</source>
        <translation>Wird animiert</translation>
    </message>
    <message>
        <source>Drawing frames in between</source>
        <translation>Zwischenbilder werden gezeichnet</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>{name} wird exportiert</translation>
    </message>
    <message>
        <source>Finding the outline</source>
        <translation>Umriss wird gesucht</translation>
    </message>
    <message>
        <source>Keeping the pasted photo</source>
        <translation>Das eingefügte Foto wird abgelegt</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>Das Netz wird geladen</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Wird gesucht</translation>
    </message>
    <message>
        <source>Looking for edges</source>
        <translation>Kanten werden gesucht</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message>
        <source>Looking through the folder</source>
        <translation>Der Ordner wird durchgesehen</translation>
    </message>
    <message>
        <source>Looking through the photos</source>
        <translation>Die Fotos werden durchgesehen</translation>
    </message>
    <message>
        <source>Opening the pasted photo</source>
        <translation>Das eingefügte Foto wird geöffnet</translation>
    </message>
    <message>
        <source>Opening the photo</source>
        <translation>Das Foto wird geöffnet</translation>
    </message>
    <message>
        <source>Opening {count} photos</source>
        <translation>{count} Fotos werden geöffnet</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the film</source>
        <translation>Der Film wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the view</source>
        <translation>Die Ansicht wird vorbereitet</translation>
    </message>
    <message>
        <source>Reading how far things moved</source>
        <translation>Es wird gelesen, wie weit sich etwas bewegt hat</translation>
    </message>
    <message>
        <source>Reading the photo</source>
        <translation>Das Foto wird gelesen</translation>
    </message>
    <message>
        <source>Restoring {name}</source>
        <translation>{name} wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Starting the network</source>
        <translation>Das Netz wird gestartet</translation>
    </message>
    <message>
        <source>The pasted photo is kept as {path}.</source>
        <translation>Das eingefügte Foto ist als {path} abgelegt.</translation>
    </message>
    <message>
        <source>Unspooling the exposure</source>
        <translation>Die Belichtung wird abgespult</translation>
    </message>
    <message>
        <source>Writing the film</source>
        <translation>Der Film wird geschrieben</translation>
    </message>
    <message>
        <source>{folder} holds no photos that can be shown.</source>
        <translation>{folder} enthält keine Fotos, die sich zeigen lassen.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>{digit}, number pad {place}</source>
        <translation>{digit}, Ziffernblock {place}</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>Keeping the film…</source>
        <translation>Der Film wird abgelegt …</translation>
    </message>
    <message>
        <source>Kept as {0}</source>
        <translation>Abgelegt als {0}</translation>
    </message>
    <message>
        <source>Sorry, that did not work. Let us start again.</source>
        <translation>Das hat leider nicht geklappt. Fangen wir noch einmal an.</translation>
    </message>
</context>
<context>
    <name>LabelCommands</name>
    <message numerus="yes">
        <source>%n file(s) kept as they were.</source>
        <translation>
            <numerusform>Eine Datei blieb, wie sie war.</numerusform>
            <numerusform>%n Dateien blieben, wie sie waren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) converted.</source>
        <translation>
            <numerusform>Ein Foto umgewandelt.</numerusform>
            <numerusform>%n Fotos umgewandelt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have no labels.</source>
        <translation>
            <numerusform>Ein Foto hat keine Markierungen.</numerusform>
            <numerusform>%n Fotos haben keine Markierungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything was converted</source>
        <translation>Nicht alles wurde umgewandelt</translation>
    </message>
</context>
<context>
    <name>LabelJobs</name>
    <message>
        <source>Converting labels</source>
        <translation>Markierungen werden umgewandelt</translation>
    </message>
    <message>
        <source>Converting the labels of {name}</source>
        <translation>Die Markierungen von {name} werden umgewandelt</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>Wird gezählt</translation>
    </message>
    <message>
        <source>Counting the classes of {name}</source>
        <translation>Die Klassen von {name} werden gezählt</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>COCO JSON (one file)</source>
        <translation>COCO-JSON (eine Datei)</translation>
    </message>
    <message>
        <source>Guidance PNG</source>
        <translation>Vorgabe-PNG</translation>
    </message>
    <message>
        <source>NumPy array (.npy)</source>
        <translation>NumPy-Feld (.npy)</translation>
    </message>
    <message>
        <source>labelme JSON</source>
        <translation>labelme-JSON</translation>
    </message>
</context>
<context>
    <name>LogRow</name>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy the path of the log file</source>
        <translation>Den Pfad der Protokolldatei kopieren</translation>
    </message>
    <message>
        <source>Log file: {path}</source>
        <translation>Protokolldatei: {path}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the log file</source>
        <translation>Die Protokolldatei öffnen</translation>
    </message>
</context>
<context>
    <name>Loops</name>
    <message>
        <source>Back and forth</source>
        <translation>Hin und zurück</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Endlos</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>Einmal</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>Arrow keys move, + and - or the wheel zoom, Escape closes</source>
        <translation>Pfeiltasten verschieben, + und - oder das Mausrad vergrößern und verkleinern, Esc schließt</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Sharpness loupe: photo and film enlarged</source>
        <translation>Schärfelupe: Foto und Film vergrößert</translation>
    </message>
</context>
<context>
    <name>Machine</name>
    <message>
        <source>Looking at this machine</source>
        <translation>Dieser Rechner wird untersucht</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message>
        <source>{name} cannot tell what moved: it holds a {kind}.</source>
        <translation>{name} kann nicht sagen, was sich bewegt hat: die Datei enthält „{kind}“.</translation>
    </message>
    <message>
        <source>{name} finds no trajectories: it holds a {kind}.</source>
        <translation>{name} findet keine Bewegungsbahnen: die Datei enthält „{kind}“.</translation>
    </message>
    <message>
        <source>{name} makes no films: it holds a {kind}.</source>
        <translation>{name} macht keine Filme: die Datei enthält „{kind}“.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Exported {path}.</source>
        <translation>{path} ist exportiert.</translation>
    </message>
    <message>
        <source>Finding the outline… Ctrl+. gives up.</source>
        <translation>Der Umriss wird gesucht … Strg+. bricht ab.</translation>
    </message>
    <message>
        <source>Photo · {width} × {height}, {bits} bit</source>
        <translation>Foto · {width} × {height}, {bits} Bit</translation>
    </message>
    <message>
        <source>{path} and beside it {names}</source>
        <translation>{path} und daneben {names}</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>Between this photo and {name} nothing seems to have moved.</source>
        <translation>Zwischen diesem Foto und {name} scheint sich nichts bewegt zu haben.</translation>
    </message>
    <message>
        <source>Comparing with the neighbouring photo</source>
        <translation>Vergleich mit dem Nachbarfoto</translation>
    </message>
    <message>
        <source>Guidance from a neighbour</source>
        <translation>Vorgabe aus dem Nachbarfoto</translation>
    </message>
</context>
<context>
    <name>Networks</name>
    <message>
        <source>Best quality</source>
        <translation>Beste Qualität</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
</context>
<context>
    <name>NoteDock</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Note about this photo</source>
        <translation>Notiz zu diesem Foto</translation>
    </message>
    <message>
        <source>The annotation of this photo is finished (M)</source>
        <translation>Dieses Foto ist fertig markiert (M)</translation>
    </message>
    <message>
        <source>This photo</source>
        <translation>Dieses Foto</translation>
    </message>
</context>
<context>
    <name>OverlayPanel</name>
    <message>
        <source>Guidance over photo</source>
        <translation>Vorgabe über dem Foto</translation>
    </message>
    <message>
        <source>Opacity of the guidance</source>
        <translation>Deckkraft der Vorgabe</translation>
    </message>
    <message>
        <source>Opacity of the guidance in percent</source>
        <translation>Deckkraft der Vorgabe in Prozent</translation>
    </message>
    <message>
        <source>Show the guidance over the photo (G)</source>
        <translation>Die Vorgabe über dem Foto zeigen (G)</translation>
    </message>
</context>
<context>
    <name>Photos</name>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Nicht fertig</translation>
    </message>
    <message>
        <source>Unreadable project</source>
        <translation>Unlesbares Projekt</translation>
    </message>
    <message>
        <source>Untouched</source>
        <translation>Unberührt</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Mit Notiz</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>untouched</source>
        <translation>unberührt</translation>
    </message>
</context>
<context>
    <name>PickPage</name>
    <message>
        <source>1  Pick a photo</source>
        <translation>1  Ein Foto wählen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation>Foto {0}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Ein Foto aufnehmen</translation>
    </message>
</context>
<context>
    <name>Pixels</name>
    <message>
        <source>Cannot write {path}: the image could not be encoded.</source>
        <translation>{path} kann nicht geschrieben werden: Das Bild ließ sich nicht kodieren.</translation>
    </message>
</context>
<context>
    <name>PreviewJob</name>
    <message>
        <source>Preparing the preview</source>
        <translation>Die Vorschau wird vorbereitet</translation>
    </message>
    <message>
        <source>Previewing</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Starting the network</source>
        <translation>Das Netz wird gestartet</translation>
    </message>
</context>
<context>
    <name>ProblemsDialog</name>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
</context>
<context>
    <name>ReadOnlyStrip</name>
    <message>
        <source>Animating works, and exporting to other places.</source>
        <translation>Animieren geht, und Exportieren an andere Orte.</translation>
    </message>
    <message>
        <source>Edit, and save elsewhere</source>
        <translation>Bearbeiten und woanders speichern</translation>
    </message>
    <message>
        <source>Read-only, as asked: nothing is written into {folder}.</source>
        <translation>Nur lesend, wie gewünscht: In {folder} wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>Read-only: the folder {folder} cannot be written.</source>
        <translation>Nur lesend: In den Ordner {folder} lässt sich nicht schreiben.</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Diese Liste &amp;leeren</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message numerus="yes">
        <source>%n region(s)</source>
        <translation>
            <numerusform>Ein Bereich</numerusform>
            <numerusform>%n Bereiche</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore unsaved work?</source>
        <translation>Ungespeicherte Arbeit wiederherstellen?</translation>
    </message>
    <message>
        <source>Unsaved work, the latest first</source>
        <translation>Ungespeicherte Arbeit, die neueste zuerst</translation>
    </message>
    <message>
        <source>Unspool ended before this work was saved. Restoring opens it as it was; your photos and projects have not been touched.</source>
        <translation>Unspool endete, bevor diese Arbeit gespeichert war. Wiederherstellen öffnet sie, wie sie war; Ihre Fotos und Projekte sind unberührt.</translation>
    </message>
</context>
<context>
    <name>RegionList</name>
    <message>
        <source>Bring forward (Ctrl+])</source>
        <translation>Nach vorn (Strg+])</translation>
    </message>
    <message>
        <source>Delete region (Del)</source>
        <translation>Bereich löschen (Entf)</translation>
    </message>
    <message>
        <source>Region {number}</source>
        <translation>Bereich {number}</translation>
    </message>
    <message>
        <source>Regions, front one first</source>
        <translation>Bereiche, der vorderste zuerst</translation>
    </message>
    <message>
        <source>Rename region</source>
        <translation>Bereich umbenennen</translation>
    </message>
    <message>
        <source>Send backward (Ctrl+[)</source>
        <translation>Nach hinten (Strg+[)</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>{distance} px</source>
        <translation>{distance} px</translation>
    </message>
</context>
<context>
    <name>Safety</name>
    <message>
        <source>Unsaved work cannot be kept safe: {error}</source>
        <translation>Ungespeicherte Arbeit lässt sich nicht sichern: {error}</translation>
    </message>
    <message>
        <source>{name} has changed on disk; what you see is the photo as it was opened.</source>
        <translation>{name} wurde auf der Platte geändert; Sie sehen das Foto, wie es geöffnet wurde.</translation>
    </message>
    <message>
        <source>{name} is gone from the disk; Save will write it anew.</source>
        <translation>{name} ist von der Platte verschwunden; Speichern schreibt die Datei neu.</translation>
    </message>
    <message>
        <source>{name} is no longer where it was opened; saving still works.</source>
        <translation>{name} ist nicht mehr dort, wo die Datei geöffnet wurde; Speichern geht trotzdem.</translation>
    </message>
    <message>
        <source>{name} was changed by another program; Save will ask before replacing it.</source>
        <translation>{name} wurde von einem anderen Programm geändert; Speichern fragt vor dem Ersetzen.</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>%1 asks for &apos;%2&apos;, which cannot be used here (%3); using %4.</source>
        <translation>%1 verlangt „%2“, was hier nicht nutzbar ist (%3); genommen wird %4.</translation>
    </message>
    <message>
        <source>%1 cannot tell how sure it is of the motion.</source>
        <translation>%1 kann nicht sagen, wie sicher die Bewegung ist.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: %2 is not a plain value.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: %2 ist kein einfacher Wert.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: %2.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: %2.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: it describes an absurdly large network.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: Sie beschreibt ein unsinnig großes Netz.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: it is %2 characters long.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: Sie ist %2 Zeichen lang.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: it is not JSON.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: Sie ist kein JSON.</translation>
    </message>
    <message>
        <source>%1 carries an unusable configuration: it is not an object.</source>
        <translation>%1 enthält eine unbrauchbare Konfiguration: Sie ist kein Objekt.</translation>
    </message>
    <message>
        <source>%1 does not fit its own configuration: %2 is %3, not %4.</source>
        <translation>%1 passt nicht zur eigenen Konfiguration: %2 ist %3, nicht %4.</translation>
    </message>
    <message>
        <source>%1 does not hold Unspool weights: its header names no Unspool format.</source>
        <translation>%1 enthält keine Gewichte für Unspool: Der Kopf der Datei nennt kein Unspool-Format.</translation>
    </message>
    <message>
        <source>%1 does not listen to readings.</source>
        <translation>%1 hört nicht auf das, was gelesen wird.</translation>
    </message>
    <message>
        <source>%1 does not show what the photo shows.</source>
        <translation>%1 zeigt nicht, was das Foto zeigt.</translation>
    </message>
    <message>
        <source>%1 exists already; choose another name or allow overwriting.</source>
        <translation>%1 gibt es schon; wählen Sie einen anderen Namen oder erlauben Sie das Überschreiben.</translation>
    </message>
    <message>
        <source>%1 has %2 images named %3.</source>
        <translation>%1 enthält %2 Bilder namens %3.</translation>
    </message>
    <message>
        <source>%1 has %2 x %3 pixels, too many for a guidance map (limit %4 megapixels).</source>
        <translation>%1 hat %2 x %3 Bildpunkte, zu viele für eine Vorgabe-Karte (Grenze: %4 Megapixel).</translation>
    </message>
    <message>
        <source>%1 has a single frame, so nothing says what moved.</source>
        <translation>%1 hat nur ein Bild, also sagt nichts, was sich bewegt hat.</translation>
    </message>
    <message>
        <source>%1 has no frame at %2 s: it lasts %3 s.</source>
        <translation>%1 hat bei %2 s kein Bild: Die Dauer ist %3 s.</translation>
    </message>
    <message>
        <source>%1 has the shape %2; guidance signs are (H, W, 2) or (2, H, W).</source>
        <translation>%1 hat die Form %2; Vorzeichen einer Vorgabe sind (H, W, 2) oder (2, H, W).</translation>
    </message>
    <message>
        <source>%1 holds %2 tensors that its network does not have, for example %3.</source>
        <translation>%1 enthält %2 Tensoren, die das Netz nicht hat, zum Beispiel %3.</translation>
    </message>
    <message>
        <source>%1 holds %2 values; guidance signs are numbers.</source>
        <translation>%1 enthält Werte der Art %2; Vorzeichen einer Vorgabe sind Zahlen.</translation>
    </message>
    <message>
        <source>%1 holds %2 where a number is needed.</source>
        <translation>%1 enthält %2, wo eine Zahl stehen muss.</translation>
    </message>
    <message>
        <source>%1 holds a %2, not a %3.</source>
        <translation>%1 enthält ein Netz der Art %2, nicht %3.</translation>
    </message>
    <message>
        <source>%1 holds a JSON %2, not an object.</source>
        <translation>%1 enthält JSON der Art %2, kein Objekt.</translation>
    </message>
    <message>
        <source>%1 holds an unknown architecture &apos;%2&apos; (known: %3).</source>
        <translation>%1 enthält eine unbekannte Architektur „%2“ (bekannt: %3).</translation>
    </message>
    <message>
        <source>%1 holds no photos.</source>
        <translation>%1 enthält keine Fotos.</translation>
    </message>
    <message>
        <source>%1 holds values other than the signs -1, 0 and +1.</source>
        <translation>%1 enthält andere Werte als die Vorzeichen -1, 0 und +1.</translation>
    </message>
    <message>
        <source>%1 is JSON, but neither an Unspool project nor a labelme file.</source>
        <translation>%1 ist JSON, aber weder ein Unspool-Projekt noch eine labelme-Datei.</translation>
    </message>
    <message>
        <source>%1 is a .npy file of an unknown version %2.</source>
        <translation>%1 ist eine .npy-Datei der unbekannten Version %2.</translation>
    </message>
    <message>
        <source>%1 is a PNG of mode &apos;%2&apos;; a guidance map is indexed, 8-bit grey or RGB.</source>
        <translation>%1 ist ein PNG der Art „%2“; eine Vorgabe-Karte hat eine Palette, 8 Bit Grau oder RGB.</translation>
    </message>
    <message>
        <source>%1 is a damaged .npy array.</source>
        <translation>%1 ist ein beschädigtes .npy-Feld.</translation>
    </message>
    <message>
        <source>%1 is a damaged or truncated PNG.</source>
        <translation>%1 ist ein beschädigtes oder abgeschnittenes PNG.</translation>
    </message>
    <message>
        <source>%1 is a folder; COCO labels are one JSON file for all photos.</source>
        <translation>%1 ist ein Ordner; COCO-Markierungen sind eine JSON-Datei für alle Fotos.</translation>
    </message>
    <message>
        <source>%1 is a photo and was not replaced by its labels.</source>
        <translation>%1 ist ein Foto und wurde nicht durch seine Markierungen ersetzt.</translation>
    </message>
    <message>
        <source>%1 is damaged: %2 holds values that are not finite numbers.</source>
        <translation>%1 ist beschädigt: %2 enthält Werte, die keine endlichen Zahlen sind.</translation>
    </message>
    <message>
        <source>%1 is damaged: %2.</source>
        <translation>%1 ist beschädigt: %2.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB, too large for its kind.</source>
        <translation>%1 ist größer als %2 MB, zu groß für eine Datei dieser Art.</translation>
    </message>
    <message>
        <source>%1 is made for a photo of %2 x %3 pixels, but this photo has %4 x %5.</source>
        <translation>%1 ist für ein Foto von %2 x %3 Bildpunkten, aber dieses Foto hat %4 x %5.</translation>
    </message>
    <message>
        <source>%1 is no guidance: a PNG, a .npy, a labelme JSON or an Unspool project is needed.</source>
        <translation>%1 ist keine Vorgabe: Nötig ist ein PNG, eine .npy-Datei, ein labelme-JSON oder ein Unspool-Projekt.</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text.</source>
        <translation>%1 ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>%1 is not a .npy array.</source>
        <translation>%1 ist kein .npy-Feld.</translation>
    </message>
    <message>
        <source>%1 is not a COCO file: it has no lists of images and annotations.</source>
        <translation>%1 ist keine COCO-Datei: Die Listen „images“ und „annotations“ fehlen.</translation>
    </message>
    <message>
        <source>%1 is not a PNG image.</source>
        <translation>%1 ist kein PNG-Bild.</translation>
    </message>
    <message>
        <source>%1 is not a folder, which %2 labels come in.</source>
        <translation>%1 ist kein Ordner, aber Markierungen der Art %2 liegen in einem.</translation>
    </message>
    <message>
        <source>%1 is not a labelme file: it has no list of &apos;shapes&apos;.</source>
        <translation>%1 ist keine labelme-Datei: Die Liste „shapes“ fehlt.</translation>
    </message>
    <message>
        <source>%1 is not a usable snapshot: %2.</source>
        <translation>%1 ist keine brauchbare Sicherung: %2.</translation>
    </message>
    <message>
        <source>%1 is not a whole safetensors file: truncated, damaged or of another kind (%2).</source>
        <translation>%1 ist keine vollständige safetensors-Datei: abgeschnitten, beschädigt oder von anderer Art (%2).</translation>
    </message>
    <message>
        <source>%1 is not an Unspool project: it has no &apos;%2&apos;.</source>
        <translation>%1 ist kein Unspool-Projekt: „%2“ fehlt.</translation>
    </message>
    <message>
        <source>%1 is not usable JSON: %2.</source>
        <translation>%1 ist kein brauchbares JSON: %2.</translation>
    </message>
    <message>
        <source>%1 is not valid JSON: %2 (line %3, column %4).</source>
        <translation>%1 ist kein gültiges JSON: %2 (Zeile %3, Spalte %4).</translation>
    </message>
    <message>
        <source>%1 is too large for a guidance map.</source>
        <translation>%1 ist zu groß für eine Vorgabe-Karte.</translation>
    </message>
    <message>
        <source>%1 is too large for guidance signs: %2 values.</source>
        <translation>%1 ist zu groß für Vorzeichen einer Vorgabe: %2 Werte.</translation>
    </message>
    <message>
        <source>%1 is truncated: it holds less than its header says.</source>
        <translation>%1 ist abgeschnitten: Die Datei enthält weniger, als ihr Kopf sagt.</translation>
    </message>
    <message>
        <source>%1 lacks %2 of its network&apos;s tensors, for example %3.</source>
        <translation>%1 fehlen %2 Tensoren des Netzes, zum Beispiel %3.</translation>
    </message>
    <message>
        <source>%1 rows of pictures cannot carry %2 labels.</source>
        <translation>%1 Reihen von Bildern können nicht %2 Beschriftungen tragen.</translation>
    </message>
    <message>
        <source>%1 stores %2 as %3, which does not fit %4.</source>
        <translation>%1 speichert %2 als %3, was nicht zu %4 passt.</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 Threads</translation>
    </message>
    <message>
        <source>%1 was kept by another version of Unspool.</source>
        <translation>%1 wurde von einer anderen Version von Unspool aufbewahrt.</translation>
    </message>
    <message>
        <source>%1 was saved by a newer Unspool (project version %2, this program reads up to %3).</source>
        <translation>%1 wurde von einem neueren Unspool gespeichert (Projektversion %2, dieses Programm liest sie bis %3).</translation>
    </message>
    <message>
        <source>%1 was written by a newer Unspool (weights format %2, this version reads %3); update Unspool to use it.</source>
        <translation>%1 wurde von einem neueren Unspool geschrieben (Gewichteformat %2, diese Version liest %3); aktualisieren Sie Unspool, um die Datei zu nutzen.</translation>
    </message>
    <message>
        <source>%1.%2: a size in pixels is needed, not %3.</source>
        <translation>%1.%2: Nötig ist eine Größe in Bildpunkten, nicht %3.</translation>
    </message>
    <message>
        <source>%1.%2: a whole number is needed.</source>
        <translation>%1.%2: Nötig ist eine ganze Zahl.</translation>
    </message>
    <message>
        <source>%1.category_id: there is no category %2.</source>
        <translation>%1.category_id: Es gibt keine Kategorie %2.</translation>
    </message>
    <message>
        <source>%1.counts: %2</source>
        <translation>%1.counts: %2</translation>
    </message>
    <message>
        <source>%1.description: not a text.</source>
        <translation>%1.description: kein Text.</translation>
    </message>
    <message>
        <source>%1.file_name: the name of a file is needed.</source>
        <translation>%1.file_name: Nötig ist der Name einer Datei.</translation>
    </message>
    <message>
        <source>%1.id: %2 is the id of another image, too.</source>
        <translation>%1.id: %2 ist auch die Nummer eines anderen Bildes.</translation>
    </message>
    <message>
        <source>%1.image_id: there is no image %2.</source>
        <translation>%1.image_id: Es gibt kein Bild %2.</translation>
    </message>
    <message>
        <source>%1.label: %2</source>
        <translation>%1.label: %2</translation>
    </message>
    <message>
        <source>%1.label: a direction is needed, not %2.</source>
        <translation>%1.label: Nötig ist eine Richtung, nicht %2.</translation>
    </message>
    <message>
        <source>%1.label: a direction is needed, not nothing.</source>
        <translation>%1.label: Nötig ist eine Richtung, nicht nichts.</translation>
    </message>
    <message>
        <source>%1.points: a %2 has 2 points, not %3.</source>
        <translation>%1.points: Die Form „%2“ hat 2 Punkte, nicht %3.</translation>
    </message>
    <message>
        <source>%1.points: a polygon needs 3 points, not %2.</source>
        <translation>%1.points: Ein Polygon braucht 3 Punkte, nicht %2.</translation>
    </message>
    <message>
        <source>%1.points: not a list.</source>
        <translation>%1.points: keine Liste.</translation>
    </message>
    <message>
        <source>%1.size: the image&apos;s height and width are needed, [%2, %3].</source>
        <translation>%1.size: Nötig sind Höhe und Breite des Bildes, [%2, %3].</translation>
    </message>
    <message>
        <source>%1: %2 has %3 x %4 pixels there, but the photo has %5 x %6.</source>
        <translation>%1: %2 hat dort %3 x %4 Bildpunkte, aber das Foto hat %5 x %6.</translation>
    </message>
    <message>
        <source>%1: %2 images are no photos of this folder.</source>
        <translation>%1: %2 Bilder sind keine Fotos dieses Ordners.</translation>
    </message>
    <message>
        <source>%1: %2: a size in pixels is needed, not %3.</source>
        <translation>%1: %2: Nötig ist eine Größe in Bildpunkten, nicht %3.</translation>
    </message>
    <message>
        <source>%1: %2: a size in pixels is needed, not nothing.</source>
        <translation>%1: %2: Nötig ist eine Größe in Bildpunkten, nicht nichts.</translation>
    </message>
    <message>
        <source>%1: %2: not a list.</source>
        <translation>%1: %2: keine Liste.</translation>
    </message>
    <message>
        <source>%1: %2: not a version number.</source>
        <translation>%1: %2: keine Versionsnummer.</translation>
    </message>
    <message>
        <source>%1: a coordinate is not a usable number.</source>
        <translation>%1: Eine Koordinate ist keine brauchbare Zahl.</translation>
    </message>
    <message>
        <source>%1: a point is a pair [x, y].</source>
        <translation>%1: Ein Punkt ist ein Paar [x, y].</translation>
    </message>
    <message>
        <source>%1: a point is a pair of numbers.</source>
        <translation>%1: Ein Punkt ist ein Paar von Zahlen.</translation>
    </message>
    <message>
        <source>%1: a polygon is a list of at least three pairs x, y.</source>
        <translation>%1: Ein Polygon ist eine Liste von mindestens drei Paaren x, y.</translation>
    </message>
    <message>
        <source>%1: imagePath: not a text.</source>
        <translation>%1: imagePath: kein Text.</translation>
    </message>
    <message>
        <source>%1: it fails</source>
        <translation>%1: Es schlägt fehl</translation>
    </message>
    <message>
        <source>%1: not an object.</source>
        <translation>%1: kein Objekt.</translation>
    </message>
    <message>
        <source>%1: polygons or a run-length mask are needed.</source>
        <translation>%1: Nötig sind Polygone oder eine lauflängenkodierte Maske.</translation>
    </message>
    <message>
        <source>%1: regions[%2]: %3</source>
        <translation>%1: regions[%2]: %3</translation>
    </message>
    <message>
        <source>%1: shapes[%2]: a shape of type &apos;%3&apos; is no region and was left out.</source>
        <translation>%1: shapes[%2]: Eine Form der Art „%3“ ist kein Bereich und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>%1: shapes[%2]: a shape of type &apos;polygon&apos; is no region and was left out.</source>
        <translation>%1: shapes[%2]: Eine Form der Art „polygon“ ist kein Bereich und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>%1: shapes[%2]: not an object.</source>
        <translation>%1: shapes[%2]: kein Objekt.</translation>
    </message>
    <message>
        <source>%1: the file: %2.</source>
        <translation>%1: die Datei: %2.</translation>
    </message>
    <message>
        <source>%1: the image is too large for a run-length mask.</source>
        <translation>%1: Das Bild ist zu groß für eine lauflängenkodierte Maske.</translation>
    </message>
    <message>
        <source>%1: the number is too large.</source>
        <translation>%1: Die Zahl ist zu groß.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no key chord; try Ctrl+Alt+Shift+Q.</source>
        <translation>„%1“ ist keine Tastenkombination; versuchen Sie Ctrl+Alt+Shift+Q.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a direction; use static, q1 (up-right), q2 (up-left), q3 (down-left) or q4 (down-right).</source>
        <translation>„%1“ ist keine Richtung; möglich sind static, q1 (rechts oben), q2 (links oben), q3 (links unten) und q4 (rechts unten).</translation>
    </message>
    <message>
        <source>A contact sheet needs at least one frame.</source>
        <translation>Ein Kontaktbogen braucht mindestens ein Bild.</translation>
    </message>
    <message>
        <source>A contact sheet needs at least one picture in every row.</source>
        <translation>Ein Kontaktbogen braucht in jeder Reihe mindestens ein Bild.</translation>
    </message>
    <message>
        <source>A contact sheet shows (H, W, 3) pictures, not %1.</source>
        <translation>Ein Kontaktbogen zeigt Bilder der Form (H, W, 3), nicht %1.</translation>
    </message>
    <message>
        <source>A contact sheet shows uint8 or uint16 pictures, not %1.</source>
        <translation>Ein Kontaktbogen zeigt Bilder der Art uint8 oder uint16, nicht %1.</translation>
    </message>
    <message>
        <source>A displacement map holds finite numbers only.</source>
        <translation>Eine Karte der Verschiebung enthält nur endliche Zahlen.</translation>
    </message>
    <message>
        <source>A displacement map of this photo has the shape %1, not %2.</source>
        <translation>Eine Karte der Verschiebung dieses Fotos hat die Form %1, nicht %2.</translation>
    </message>
    <message>
        <source>A film has 1 to %1 frames, not %2.</source>
        <translation>Ein Film hat 1 bis %1 Bilder, nicht %2.</translation>
    </message>
    <message>
        <source>A film needs at least one frame.</source>
        <translation>Ein Film braucht mindestens ein Bild.</translation>
    </message>
    <message>
        <source>A film plays at most %1 frames per second, not %2.</source>
        <translation>Ein Film zeigt höchstens %1 Bilder pro Sekunde, nicht %2.</translation>
    </message>
    <message>
        <source>A film&apos;s size is given in pixels or in percent, not both.</source>
        <translation>Die Größe eines Films wird in Bildpunkten oder in Prozent angegeben, nicht in beidem.</translation>
    </message>
    <message>
        <source>A film&apos;s size lies between 1 and 100 %, not %1 %.</source>
        <translation>Die Größe eines Films liegt zwischen 1 und 100 %, nicht bei %1 %.</translation>
    </message>
    <message>
        <source>A guidance map has no transparent pixels.</source>
        <translation>Eine Vorgabe-Karte hat keine durchsichtigen Bildpunkte.</translation>
    </message>
    <message>
        <source>A guidance map has two dimensions, not the shape %1.</source>
        <translation>Eine Vorgabe-Karte hat zwei Dimensionen, nicht die Form %1.</translation>
    </message>
    <message>
        <source>A guidance map holds the classes 0 to 4, but a pixel is %1.</source>
        <translation>Eine Vorgabe-Karte enthält die Klassen 0 bis 4, aber ein Bildpunkt ist %1.</translation>
    </message>
    <message>
        <source>A guidance map holds whole numbers 0 to 4, not %1 values.</source>
        <translation>Eine Vorgabe-Karte enthält ganze Zahlen von 0 bis 4, keine Werte der Art %1.</translation>
    </message>
    <message>
        <source>A moment of %1 is 0 seconds or later, not %2.</source>
        <translation>Ein Zeitpunkt in %1 liegt bei 0 Sekunden oder später, nicht bei %2.</translation>
    </message>
    <message>
        <source>A photo is (height, width, 3) of 8 or 16 bits, not %1 %2.</source>
        <translation>Ein Foto hat die Form (Höhe, Breite, 3) und 8 oder 16 Bit, nicht %1 %2.</translation>
    </message>
    <message>
        <source>A prediction needs at least one code and an edge of 16 pixels.</source>
        <translation>Eine Vorhersage braucht mindestens einen Kode und eine Kante von 16 Bildpunkten.</translation>
    </message>
    <message>
        <source>A trajectory has at least one point, not %1.</source>
        <translation>Eine Bewegungsbahn hat mindestens einen Punkt, nicht %1.</translation>
    </message>
    <message>
        <source>At least one neighbouring frame is needed, the previous or the next.</source>
        <translation>Nötig ist mindestens ein Nachbarbild, das vorige oder das nächste.</translation>
    </message>
    <message>
        <source>At least one suggestion must be wanted, not %1.</source>
        <translation>Mindestens ein Vorschlag muss gewünscht sein, nicht %1.</translation>
    </message>
    <message>
        <source>Cannot delete %1: %2.</source>
        <translation>%1 kann nicht gelöscht werden: %2.</translation>
    </message>
    <message>
        <source>Cannot delete %1: a file stands where a folder is needed.</source>
        <translation>%1 kann nicht gelöscht werden: Eine Datei steht, wo ein Ordner nötig ist.</translation>
    </message>
    <message>
        <source>Cannot delete %1: it is a folder.</source>
        <translation>%1 kann nicht gelöscht werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot delete %1: no such file or folder.</source>
        <translation>%1 kann nicht gelöscht werden: Es gibt keine solche Datei und keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Cannot delete %1: permission denied (read-only folder or file).</source>
        <translation>%1 kann nicht gelöscht werden: Zugriff verweigert (Ordner oder Datei schreibgeschützt).</translation>
    </message>
    <message>
        <source>Cannot delete %1: the disk is full.</source>
        <translation>%1 kann nicht gelöscht werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Cannot find the weights file %1 (by name there are: %2).</source>
        <translation>Die Gewichtedatei %1 ist nicht zu finden (mit Namen gibt es: %2).</translation>
    </message>
    <message>
        <source>Cannot find the weights file %1 (by name there are: none are installed).</source>
        <translation>Die Gewichtedatei %1 ist nicht zu finden (mit Namen sind keine installiert).</translation>
    </message>
    <message>
        <source>Cannot find weights called &apos;%1&apos; (by name there are: %2).</source>
        <translation>Gewichte namens „%1“ sind nicht zu finden (mit Namen gibt es: %2).</translation>
    </message>
    <message>
        <source>Cannot find weights called &apos;%1&apos; (by name there are: none are installed).</source>
        <translation>Gewichte namens „%1“ sind nicht zu finden (mit Namen sind keine installiert).</translation>
    </message>
    <message>
        <source>Cannot read %1 from %2 s to %3 s: no time lies between.</source>
        <translation>%1 kann nicht von %2 s bis %3 s gelesen werden: Dazwischen liegt keine Zeit.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2 × %3 is %4 megapixels, more than the limit of %5.</source>
        <translation>%1 kann nicht gelesen werden: %2 × %3 sind %4 Megapixel, mehr als die Grenze von %5.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>Cannot read %1: 32-bit samples are not supported; save it with 8 or 16 bits.</source>
        <translation>%1 kann nicht gelesen werden: 32-Bit-Werte werden nicht unterstützt; speichern Sie das Bild mit 8 oder 16 Bit.</translation>
    </message>
    <message>
        <source>Cannot read %1: AVIF photos need the extra package Pillow with AVIF (11.3 or newer); or save the photo as JPEG or PNG.</source>
        <translation>%1 kann nicht gelesen werden: AVIF-Fotos brauchen das Zusatzpaket Pillow mit AVIF (11.3 oder neuer); oder speichern Sie das Foto als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Cannot read %1: AVIF photos need the extra package pillow-heif (pip install &apos;unspool[heic]&apos;); or save the photo as JPEG or PNG.</source>
        <translation>%1 kann nicht gelesen werden: AVIF-Fotos brauchen das Zusatzpaket pillow-heif (pip install &apos;unspool[heic]&apos;); oder speichern Sie das Foto als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Cannot read %1: HEIC photos need the extra package Pillow with AVIF (11.3 or newer); or save the photo as JPEG or PNG.</source>
        <translation>%1 kann nicht gelesen werden: HEIC-Fotos brauchen das Zusatzpaket Pillow mit AVIF (11.3 oder neuer); oder speichern Sie das Foto als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Cannot read %1: HEIC photos need the extra package pillow-heif (pip install &apos;unspool[heic]&apos;); or save the photo as JPEG or PNG.</source>
        <translation>%1 kann nicht gelesen werden: HEIC-Fotos brauchen das Zusatzpaket pillow-heif (pip install &apos;unspool[heic]&apos;); oder speichern Sie das Foto als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Cannot read %1: a file stands where a folder is needed.</source>
        <translation>%1 kann nicht gelesen werden: Eine Datei steht, wo ein Ordner nötig ist.</translation>
    </message>
    <message>
        <source>Cannot read %1: camera raw files need the extra package rawpy (pip install &apos;unspool[raw]&apos;); or export the photo as a 16-bit TIFF.</source>
        <translation>%1 kann nicht gelesen werden: Rohdaten von Kameras brauchen das Zusatzpaket rawpy (pip install &apos;unspool[raw]&apos;); oder exportieren Sie das Foto als 16-Bit-TIFF.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is a folder, not a clip.</source>
        <translation>%1 kann nicht gelesen werden: Das ist ein Ordner, kein Clip.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is a folder, not a photo.</source>
        <translation>%1 kann nicht gelesen werden: Das ist ein Ordner, kein Foto.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is a folder.</source>
        <translation>%1 kann nicht gelesen werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is no camera raw file of a known kind.</source>
        <translation>%1 kann nicht gelesen werden: Das sind keine Kamera-Rohdaten einer bekannten Art.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is not RAFT&apos;s weights, or damaged.</source>
        <translation>%1 kann nicht gelesen werden: Das sind nicht die Gewichte von RAFT, oder sie sind beschädigt.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is not a clip of a known kind, or it is damaged.</source>
        <translation>%1 kann nicht gelesen werden: Das ist kein Clip einer bekannten Art, oder er ist beschädigt.</translation>
    </message>
    <message>
        <source>Cannot read %1: it is not an image of a known kind (%2).</source>
        <translation>%1 kann nicht gelesen werden: Das ist kein Bild einer bekannten Art (%2).</translation>
    </message>
    <message>
        <source>Cannot read %1: its frame %2 is damaged or missing.</source>
        <translation>%1 kann nicht gelesen werden: Das Einzelbild %2 ist beschädigt oder fehlt.</translation>
    </message>
    <message>
        <source>Cannot read %1: its frames of %2 × %3 pixels are too large.</source>
        <translation>%1 kann nicht gelesen werden: Die Einzelbilder von %2 × %3 Bildpunkten sind zu groß.</translation>
    </message>
    <message>
        <source>Cannot read %1: no such file or folder.</source>
        <translation>%1 kann nicht gelesen werden: Es gibt keine solche Datei und keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Cannot read %1: permission denied (read-only folder or file).</source>
        <translation>%1 kann nicht gelesen werden: Zugriff verweigert (Ordner oder Datei schreibgeschützt).</translation>
    </message>
    <message>
        <source>Cannot read %1: the clip is damaged or cut short after %2 frames.</source>
        <translation>%1 kann nicht gelesen werden: Der Clip ist beschädigt oder bricht nach %2 Bildern ab.</translation>
    </message>
    <message>
        <source>Cannot read %1: the disk is full.</source>
        <translation>%1 kann nicht gelesen werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Cannot read %1: the file is empty.</source>
        <translation>%1 kann nicht gelesen werden: Die Datei ist leer.</translation>
    </message>
    <message>
        <source>Cannot read %1: the image is damaged or cut short.</source>
        <translation>%1 kann nicht gelesen werden: Das Bild ist beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>Cannot read %1: the raw file is damaged or cut short.</source>
        <translation>%1 kann nicht gelesen werden: Die Rohdaten sind beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>Cannot read %1: there is no frame in it.</source>
        <translation>%1 kann nicht gelesen werden: Es ist kein Bild darin.</translation>
    </message>
    <message>
        <source>Cannot read %1: there is not enough memory for it.</source>
        <translation>%1 kann nicht gelesen werden: Der Arbeitsspeicher reicht nicht.</translation>
    </message>
    <message>
        <source>Cannot read %1: there is only sound in it, no picture.</source>
        <translation>%1 kann nicht gelesen werden: Es ist nur Ton darin, kein Bild.</translation>
    </message>
    <message>
        <source>Cannot read %1: this kind of 16-bit file is not supported.</source>
        <translation>%1 kann nicht gelesen werden: 16-Bit-Dateien dieser Art werden nicht unterstützt.</translation>
    </message>
    <message>
        <source>Cannot read weights from %1: it is a folder.</source>
        <translation>Aus %1 können keine Gewichte gelesen werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot save %1: %2</source>
        <translation>%1 kann nicht gespeichert werden: %2</translation>
    </message>
    <message>
        <source>Cannot save %1: %2.</source>
        <translation>%1 kann nicht gespeichert werden: %2.</translation>
    </message>
    <message>
        <source>Cannot save %1: the file: %2.</source>
        <translation>%1 kann nicht gespeichert werden: die Datei: %2.</translation>
    </message>
    <message>
        <source>Cannot search %1: %2.</source>
        <translation>%1 kann nicht durchsucht werden: %2.</translation>
    </message>
    <message>
        <source>Cannot search %1: a file stands where a folder is needed.</source>
        <translation>%1 kann nicht durchsucht werden: Eine Datei steht, wo ein Ordner nötig ist.</translation>
    </message>
    <message>
        <source>Cannot search %1: it is a folder.</source>
        <translation>%1 kann nicht durchsucht werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot search %1: no such file or folder.</source>
        <translation>%1 kann nicht durchsucht werden: Es gibt keine solche Datei und keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Cannot search %1: permission denied (read-only folder or file).</source>
        <translation>%1 kann nicht durchsucht werden: Zugriff verweigert (Ordner oder Datei schreibgeschützt).</translation>
    </message>
    <message>
        <source>Cannot search %1: the disk is full.</source>
        <translation>%1 kann nicht durchsucht werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Cannot start ffmpeg: %1.</source>
        <translation>ffmpeg kann nicht gestartet werden: %1.</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: %2.</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: %2.</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: a file stands where a folder is needed.</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: Eine Datei steht, wo ein Ordner nötig ist.</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: it is a folder.</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: no such file or folder.</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: Es gibt keine solche Datei und keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: permission denied (read-only folder or file).</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: Zugriff verweigert (Ordner oder Datei schreibgeschützt).</translation>
    </message>
    <message>
        <source>Cannot take the clip out of %1: the disk is full.</source>
        <translation>Der Clip kann nicht aus %1 herausgeholt werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2 is not finite in half precision.</source>
        <translation>%1 kann nicht geschrieben werden: %2 ist in halber Genauigkeit nicht endlich.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2 is not finite.</source>
        <translation>%1 kann nicht geschrieben werden: %2 ist nicht endlich.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2 × %3 pixels are too many for %4 (at most %5 a side).</source>
        <translation>%1 kann nicht geschrieben werden: %2 × %3 Bildpunkte sind zu viele für %4 (höchstens %5 je Seite).</translation>
    </message>
    <message>
        <source>Cannot write %1: %2 × %3 pixels do not fit into %4.</source>
        <translation>%1 kann nicht geschrieben werden: %2 × %3 Bildpunkte passen nicht in %4.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Cannot write %1: Unspool was started read-only; choose a place outside %2.</source>
        <translation>%1 kann nicht geschrieben werden: Unspool wurde nur lesend gestartet; wählen Sie einen Ort außerhalb von %2.</translation>
    </message>
    <message>
        <source>Cannot write %1: a file stands where a folder is needed.</source>
        <translation>%1 kann nicht geschrieben werden: Eine Datei steht, wo ein Ordner nötig ist.</translation>
    </message>
    <message>
        <source>Cannot write %1: ffmpeg stopped (%2).</source>
        <translation>%1 kann nicht geschrieben werden: ffmpeg brach ab (%2).</translation>
    </message>
    <message>
        <source>Cannot write %1: ffmpeg stopped (no reason given).</source>
        <translation>%1 kann nicht geschrieben werden: ffmpeg brach ab (ohne Begründung).</translation>
    </message>
    <message>
        <source>Cannot write %1: frames must be (T, H, W, 3), not %2.</source>
        <translation>%1 kann nicht geschrieben werden: Bilder haben die Form (T, H, W, 3), nicht %2.</translation>
    </message>
    <message>
        <source>Cannot write %1: frames must be uint8 or uint16, not %2.</source>
        <translation>%1 kann nicht geschrieben werden: Bilder sind uint8 oder uint16, nicht %2.</translation>
    </message>
    <message>
        <source>Cannot write %1: frames per second must lie between %2 and %3, not %4.</source>
        <translation>%1 kann nicht geschrieben werden: Die Bilder pro Sekunde liegen zwischen %2 und %3, nicht bei %4.</translation>
    </message>
    <message>
        <source>Cannot write %1: guidance is saved as .png, .npy or .json.</source>
        <translation>%1 kann nicht geschrieben werden: Eine Vorgabe wird als .png, .npy oder .json gespeichert.</translation>
    </message>
    <message>
        <source>Cannot write %1: it is a folder.</source>
        <translation>%1 kann nicht geschrieben werden: Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>Cannot write %1: no such file or folder.</source>
        <translation>%1 kann nicht geschrieben werden: Es gibt keine solche Datei und keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Cannot write %1: permission denied (read-only folder or file).</source>
        <translation>%1 kann nicht geschrieben werden: Zugriff verweigert (Ordner oder Datei schreibgeschützt).</translation>
    </message>
    <message>
        <source>Cannot write %1: pixels must be uint8 or uint16.</source>
        <translation>%1 kann nicht geschrieben werden: Bildpunkte sind uint8 oder uint16.</translation>
    </message>
    <message>
        <source>Cannot write %1: pixels of shape %2 are not (H, W, 3).</source>
        <translation>%1 kann nicht geschrieben werden: Bildpunkte der Form %2 sind nicht (H, W, 3).</translation>
    </message>
    <message>
        <source>Cannot write %1: the disk is full.</source>
        <translation>%1 kann nicht geschrieben werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Cannot write %1: the image could not be encoded.</source>
        <translation>%1 kann nicht geschrieben werden: Das Bild ließ sich nicht kodieren.</translation>
    </message>
    <message>
        <source>Cannot write %1: the shortest length must lie between 0 and 3600 seconds.</source>
        <translation>%1 kann nicht geschrieben werden: Die kürzeste Länge liegt zwischen 0 und 3600 Sekunden.</translation>
    </message>
    <message>
        <source>Cannot write %1: the suffix of a film is one of %2; a name without suffix, or ending in a slash, makes a folder of PNGs.</source>
        <translation>%1 kann nicht geschrieben werden: Die Endung eines Films ist eine von %2; ein Name ohne Endung oder mit einem Schrägstrich am Ende macht einen Ordner von PNGs.</translation>
    </message>
    <message>
        <source>Cannot write %1: the suffix of a photo is one of %2.</source>
        <translation>%1 kann nicht geschrieben werden: Die Endung eines Fotos ist eine von %2.</translation>
    </message>
    <message>
        <source>Cannot write %1: there are no frames, or they hold no pixels.</source>
        <translation>%1 kann nicht geschrieben werden: Es gibt keine Bilder, oder sie haben keine Bildpunkte.</translation>
    </message>
    <message>
        <source>Cannot write %1: use one of %2.</source>
        <translation>%1 kann nicht geschrieben werden: Nehmen Sie eine der Endungen %2.</translation>
    </message>
    <message>
        <source>Cannot write the folder %1: a file of that name exists.</source>
        <translation>Der Ordner %1 kann nicht geschrieben werden: Es gibt eine Datei dieses Namens.</translation>
    </message>
    <message>
        <source>Estimating the size</source>
        <translation>Die Größe wird geschätzt</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>ein Komma fehlt</translation>
    </message>
    <message>
        <source>Expecting &apos;:&apos; delimiter</source>
        <translation>ein Doppelpunkt fehlt</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>ein Name in Anführungszeichen fehlt</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>ein Wert fehlt</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>überzählige Daten</translation>
    </message>
    <message>
        <source>Field required.</source>
        <translation>Das Feld fehlt.</translation>
    </message>
    <message>
        <source>Films are sharpened by 0 to %1, not %2.</source>
        <translation>Filme werden um 0 bis %1 geschärft, nicht um %2.</translation>
    </message>
    <message>
        <source>Free points have no ends that could be refined.</source>
        <translation>Freie Punkte haben keine Enden, die sich verfeinern ließen.</translation>
    </message>
    <message>
        <source>Input should be %1.</source>
        <translation>Möglich ist nur %1.</translation>
    </message>
    <message>
        <source>Input should be a finite number.</source>
        <translation>Nötig ist eine endliche Zahl.</translation>
    </message>
    <message>
        <source>Input should be a valid boolean.</source>
        <translation>Nötig ist true oder false.</translation>
    </message>
    <message>
        <source>Input should be a valid dictionary or instance of %1.</source>
        <translation>Nötig ist ein Objekt (%1).</translation>
    </message>
    <message>
        <source>Input should be a valid integer.</source>
        <translation>Nötig ist eine ganze Zahl.</translation>
    </message>
    <message>
        <source>Input should be a valid list.</source>
        <translation>Nötig ist eine Liste.</translation>
    </message>
    <message>
        <source>Input should be a valid number.</source>
        <translation>Nötig ist eine Zahl.</translation>
    </message>
    <message>
        <source>Input should be a valid string.</source>
        <translation>Nötig ist ein Text.</translation>
    </message>
    <message>
        <source>Input should be a valid tuple.</source>
        <translation>Nötig ist ein Paar.</translation>
    </message>
    <message>
        <source>Input should be greater than %1.</source>
        <translation>Der Wert muss größer als %1 sein.</translation>
    </message>
    <message>
        <source>Input should be greater than or equal to %1.</source>
        <translation>Der Wert muss mindestens %1 sein.</translation>
    </message>
    <message>
        <source>Input should be less than %1.</source>
        <translation>Der Wert muss kleiner als %1 sein.</translation>
    </message>
    <message>
        <source>Input should be less than or equal to %1.</source>
        <translation>Der Wert darf höchstens %1 sein.</translation>
    </message>
    <message>
        <source>Invalid \escape</source>
        <translation>ungültige Folge nach einem umgekehrten Schrägstrich</translation>
    </message>
    <message>
        <source>Invalid control character at</source>
        <translation>ungültiges Steuerzeichen</translation>
    </message>
    <message>
        <source>List should have at least %1 item after validation, not %2.</source>
        <translation>Die Liste braucht mindestens %1 Eintrag, nicht %2.</translation>
    </message>
    <message>
        <source>List should have at least %1 items after validation, not %2.</source>
        <translation>Die Liste braucht mindestens %1 Einträge, nicht %2.</translation>
    </message>
    <message>
        <source>Looks are 1 to %1, not %2.</source>
        <translation>Es gibt 1 bis %1 Blicke, nicht %2.</translation>
    </message>
    <message>
        <source>No ffmpeg was found: install imageio-ffmpeg again.</source>
        <translation>ffmpeg wurde nicht gefunden: Installieren Sie imageio-ffmpeg neu.</translation>
    </message>
    <message>
        <source>Not enough memory on %1 even for tiles of %2 px (%3).</source>
        <translation>Auf %1 reicht der Speicher nicht einmal für Kacheln von %2 Bildpunkten (%3).</translation>
    </message>
    <message>
        <source>Not enough memory on %1 for tiles of %2 px (%3); choose a smaller tile or let Unspool choose.</source>
        <translation>Auf %1 reicht der Speicher nicht für Kacheln von %2 Bildpunkten (%3); wählen Sie eine kleinere Kachel oder lassen Sie Unspool wählen.</translation>
    </message>
    <message>
        <source>Nothing was chosen to export.</source>
        <translation>Nichts wurde zum Exportieren ausgewählt.</translation>
    </message>
    <message>
        <source>Pixels must be 8- or 16-bit whole numbers, not %1.</source>
        <translation>Bildpunkte sind ganze Zahlen von 8 oder 16 Bit, nicht %1.</translation>
    </message>
    <message>
        <source>RAFT needs its weights, which nothing downloads here: save https://download.pytorch.org/models/%1 as %2.</source>
        <translation>RAFT braucht seine Gewichte, die hier nichts herunterlädt: Speichern Sie https://download.pytorch.org/models/%1 als %2.</translation>
    </message>
    <message>
        <source>RAFT needs the torchvision that goes with torch %1: %2.</source>
        <translation>RAFT braucht das torchvision, das zu torch %1 gehört: %2.</translation>
    </message>
    <message>
        <source>RAFT needs torchvision: pip install &apos;unspool[raft]&apos;.</source>
        <translation>RAFT braucht torchvision: pip install &apos;unspool[raft]&apos;.</translation>
    </message>
    <message>
        <source>Refinement needs the sharp middle frame.</source>
        <translation>Das Verfeinern braucht das scharfe mittlere Bild.</translation>
    </message>
    <message>
        <source>Refinement takes 0 or more steps, not %1.</source>
        <translation>Das Verfeinern nimmt 0 oder mehr Schritte, nicht %1.</translation>
    </message>
    <message>
        <source>Region %1 encloses no area.</source>
        <translation>Der Bereich %1 umschließt keine Fläche.</translation>
    </message>
    <message>
        <source>Region %1 has a point that is not a usable number.</source>
        <translation>Der Bereich %1 hat einen Punkt, der keine brauchbare Zahl ist.</translation>
    </message>
    <message>
        <source>Region %1 has a ring of %2 different points; a polygon needs three.</source>
        <translation>Der Bereich %1 hat einen Ring von %2 verschiedenen Punkten; ein Polygon braucht drei.</translation>
    </message>
    <message>
        <source>Region %1 has no outline.</source>
        <translation>Der Bereich %1 hat keinen Umriss.</translation>
    </message>
    <message>
        <source>Region %1 lies outside the photo of %2 x %3 pixels.</source>
        <translation>Der Bereich %1 liegt außerhalb des Fotos von %2 x %3 Bildpunkten.</translation>
    </message>
    <message>
        <source>Resizing</source>
        <translation>Die Größe wird geändert</translation>
    </message>
    <message>
        <source>Row %1 of the sheet has %2 pictures to label.</source>
        <translation>Reihe %1 des Bogens hat %2 Bilder zu beschriften.</translation>
    </message>
    <message>
        <source>Say where the labels shall be written.</source>
        <translation>Sagen Sie, wohin die Markierungen geschrieben werden sollen.</translation>
    </message>
    <message>
        <source>Smooth playing at %1 frames per second needs a pace of at most that, not %2.</source>
        <translation>Flüssiges Abspielen mit %1 Bildern pro Sekunde braucht höchstens dieses Tempo, nicht %2.</translation>
    </message>
    <message>
        <source>Smooth playing would take %1 frames, more than %2: choose a quicker pace or fewer frames per second.</source>
        <translation>Flüssiges Abspielen bräuchte %1 Bilder, mehr als %2: Wählen Sie ein schnelleres Tempo oder weniger Bilder pro Sekunde.</translation>
    </message>
    <message>
        <source>String should have at least %1 character.</source>
        <translation>Der Text braucht mindestens %1 Zeichen.</translation>
    </message>
    <message>
        <source>String should match pattern &apos;%1&apos;.</source>
        <translation>Der Text muss dem Muster „%1“ entsprechen.</translation>
    </message>
    <message>
        <source>The GPU cannot be used (%1); using the CPU.</source>
        <translation>Die GPU ist nicht nutzbar (%1); genommen wird die CPU.</translation>
    </message>
    <message>
        <source>The colour (%1, %2, %3) at x %4, y %5 is none of the guidance colours.</source>
        <translation>Die Farbe (%1, %2, %3) bei x %4, y %5 ist keine der Vorgabe-Farben.</translation>
    </message>
    <message>
        <source>The device &apos;%1&apos; cannot be used here: %2.</source>
        <translation>Das Gerät „%1“ ist hier nicht nutzbar: %2.</translation>
    </message>
    <message>
        <source>The folder %1 is not empty; choose another name or allow overwriting.</source>
        <translation>Der Ordner %1 ist nicht leer; wählen Sie einen anderen Namen oder erlauben Sie das Überschreiben.</translation>
    </message>
    <message>
        <source>The guidance is %1 pixels, but the photo is %2.</source>
        <translation>Die Vorgabe hat %1 Bildpunkte, aber das Foto %2.</translation>
    </message>
    <message>
        <source>The guidance is %1×%2 pixels, but the photo is %3.</source>
        <translation>Die Vorgabe hat %1×%2 Bildpunkte, aber das Foto %3.</translation>
    </message>
    <message>
        <source>The guidance map has no pixels.</source>
        <translation>Die Vorgabe-Karte hat keine Bildpunkte.</translation>
    </message>
    <message>
        <source>The longest edge must be at least 1 pixel, not %1.</source>
        <translation>Die längste Kante hat mindestens 1 Bildpunkt, nicht %1.</translation>
    </message>
    <message>
        <source>The neighbouring frame is %1 pixels, but the photo is %2: they are not frames of one video.</source>
        <translation>Das Nachbarbild hat %1 Bildpunkte, aber das Foto %2: Das sind keine Bilder desselben Videos.</translation>
    </message>
    <message>
        <source>The photo &apos;%1&apos; of the project %2 cannot be found.</source>
        <translation>Das Foto „%1“ des Projekts %2 ist nicht zu finden.</translation>
    </message>
    <message>
        <source>The pictures in row %1 of the sheet differ in height.</source>
        <translation>Die Bilder in Reihe %1 des Bogens sind verschieden hoch.</translation>
    </message>
    <message>
        <source>The sharp frame is %1×%2 pixels of %3, but the photo is %4 of %5.</source>
        <translation>Das scharfe Bild hat %1×%2 Bildpunkte der Art %3, aber das Foto %4 der Art %5.</translation>
    </message>
    <message>
        <source>The shutter is open for a part of the frame interval above 0 and up to 1, not %1.</source>
        <translation>Der Verschluss ist für einen Teil des Bildabstands offen, der über 0 und bis 1 liegt, nicht bei %1.</translation>
    </message>
    <message>
        <source>The threshold must be 0 or more pixels, not %1.</source>
        <translation>Die Schwelle liegt bei 0 oder mehr Bildpunkten, nicht bei %1.</translation>
    </message>
    <message>
        <source>The tile size %1 is too small; these weights need at least %2 px.</source>
        <translation>Die Kachelgröße %1 ist zu klein; diese Gewichte brauchen mindestens %2 Bildpunkte.</translation>
    </message>
    <message>
        <source>The weights &apos;%1&apos; want %2 guidance channels, but maps of the four quadrants have 2.</source>
        <translation>Die Gewichte „%1“ verlangen %2 Vorgabe-Kanäle, aber Karten der vier Quadranten haben 2.</translation>
    </message>
    <message>
        <source>There are no frames to average.</source>
        <translation>Es gibt keine Bilder zu mitteln.</translation>
    </message>
    <message>
        <source>There is no device called &apos;%1&apos; (%2 takes %3).</source>
        <translation>Es gibt kein Gerät namens „%1“ (%2 nimmt %3).</translation>
    </message>
    <message>
        <source>There is no loop mode &apos;%1&apos; (known: %2).</source>
        <translation>Es gibt keine Wiederholung „%1“ (bekannt: %2).</translation>
    </message>
    <message>
        <source>There is no optical flow &apos;%1&apos; (known: %2).</source>
        <translation>Es gibt keinen optischen Fluss „%1“ (bekannt: %2).</translation>
    </message>
    <message>
        <source>There is no sample called &apos;%1&apos; (samples: %2).</source>
        <translation>Es gibt kein Beispiel namens „%1“ (Beispiele: %2).</translation>
    </message>
    <message>
        <source>There is no sample called &apos;%1&apos; (samples: none are installed).</source>
        <translation>Es gibt kein Beispiel namens „%1“ (keine sind installiert).</translation>
    </message>
    <message>
        <source>These weights predict %1 free points; %2 cannot be had.</source>
        <translation>Diese Gewichte sagen %1 freie Punkte voraus; %2 sind nicht zu haben.</translation>
    </message>
    <message>
        <source>Tuple should have at most %1 items after validation, not %2.</source>
        <translation>Es dürfen höchstens %1 Einträge sein, nicht %2.</translation>
    </message>
    <message>
        <source>Two of the files to export bear the same name.</source>
        <translation>Zwei der zu exportierenden Dateien tragen denselben Namen.</translation>
    </message>
    <message>
        <source>Unterminated string starting at</source>
        <translation>ein Text ohne Ende</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the contact sheet</source>
        <translation>Der Kontaktbogen wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the film</source>
        <translation>Der Film wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the frames</source>
        <translation>Die Bilder werden geschrieben</translation>
    </message>
    <message>
        <source>a direction is a label such as q1</source>
        <translation>eine Richtung ist ein Name wie q1</translation>
    </message>
    <message>
        <source>a list of whole numbers or a packed text is needed.</source>
        <translation>Nötig ist eine Liste ganzer Zahlen oder ein gepackter Text.</translation>
    </message>
    <message>
        <source>a path cannot hold a zero character</source>
        <translation>ein Pfad kann kein Nullzeichen enthalten</translation>
    </message>
    <message>
        <source>content is no object</source>
        <translation>der Inhalt ist kein Objekt</translation>
    </message>
    <message>
        <source>no CUDA device or no fitting driver was found</source>
        <translation>kein CUDA-Gerät oder kein passender Treiber wurde gefunden</translation>
    </message>
    <message>
        <source>the clip in %1</source>
        <translation>Der Clip in %1</translation>
    </message>
    <message>
        <source>the counts do not add up to %1 x %2 pixels.</source>
        <translation>Die Lauflängen ergeben zusammen nicht %1 x %2 Bildpunkte.</translation>
    </message>
    <message>
        <source>the packed counts end in the middle of a number.</source>
        <translation>Die gepackten Lauflängen enden mitten in einer Zahl.</translation>
    </message>
    <message>
        <source>the packed counts hold a sign that has no meaning there.</source>
        <translation>Die gepackten Lauflängen enthalten ein Zeichen, das dort nichts bedeutet.</translation>
    </message>
    <message>
        <source>this machine has no Metal device for torch</source>
        <translation>dieser Rechner hat kein Metal-Gerät für torch</translation>
    </message>
    <message>
        <source>this torch is built without CUDA</source>
        <translation>dieses torch ist ohne CUDA gebaut</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Colours that colour-blind eyes can tell apart</source>
        <translation>&amp;Farben, die auch Farbenblinde unterscheiden</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Open the last photo again at start</source>
        <translation>Beim Start das letzte Foto wieder &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Weights for new photos</source>
        <translation>Ge&amp;wichte für neue Fotos</translation>
    </message>
    <message>
        <source>Animate a small &amp;preview after every edit</source>
        <translation>Nach jeder Änderung eine &amp;kleine Vorschau animieren</translation>
    </message>
    <message>
        <source>Apple GPU (Metal)</source>
        <translation>Apple-GPU (Metal)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Automatic: the best that is installed</source>
        <translation>Automatisch: die besten, die installiert sind</translation>
    </message>
    <message>
        <source>Automatic: the fastest there is</source>
        <translation>Automatisch: das schnellste vorhandene</translation>
    </message>
    <message>
        <source>Best quality</source>
        <translation>Beste Qualität</translation>
    </message>
    <message>
        <source>Choose a file with weights for new photos</source>
        <translation>Eine Datei mit Gewichten für neue Fotos wählen</translation>
    </message>
    <message>
        <source>Choose a file with weights for suggestions</source>
        <translation>Eine Datei mit Gewichten für Vorschläge wählen</translation>
    </message>
    <message>
        <source>Choose a file with weights for trajectories</source>
        <translation>Eine Datei mit Gewichten für Bewegungsbahnen wählen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>For “Suggest animations” and “What is blurred?”</source>
        <translation>Für „Animationen vorschlagen“ und „Was ist verwischt?“</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Longest side of the p&amp;review</source>
        <translation>&amp;Längste Seite der Vorschau</translation>
    </message>
    <message>
        <source>Longest side of the preview</source>
        <translation>Längste Seite der Vorschau</translation>
    </message>
    <message>
        <source>Looking at what this machine has…</source>
        <translation>Es wird nachgesehen, was dieser Rechner hat …</translation>
    </message>
    <message>
        <source>NVIDIA GPU (CUDA)</source>
        <translation>NVIDIA-GPU (CUDA)</translation>
    </message>
    <message>
        <source>Not usable here ({reason}); the fastest other device is taken.</source>
        <translation>Hier nicht nutzbar ({reason}); das schnellste andere Gerät wird genommen.</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings cannot be kept: {path} cannot be written.</source>
        <translation>Einstellungen können nicht behalten werden: {path} ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>Sharpen &amp;films by</source>
        <translation>&amp;Filme schärfen um</translation>
    </message>
    <message>
        <source>Sharpen films by</source>
        <translation>Filme schärfen um</translation>
    </message>
    <message>
        <source>Shows when Unspool is started again.</source>
        <translation>Wird beim nächsten Start von Unspool wirksam.</translation>
    </message>
    <message>
        <source>Takes: {device}, {description}</source>
        <translation>Genommen wird: {device}, {description}</translation>
    </message>
    <message>
        <source>The environment sets UNSPOOL_DEVICE={value}, which counts first.</source>
        <translation>Die Umgebung setzt UNSPOOL_DEVICE={value}; das hat Vorrang.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Weights for &amp;suggestions</source>
        <translation>Gewichte für &amp;Vorschläge</translation>
    </message>
    <message>
        <source>Weights for new photos</source>
        <translation>Gewichte für neue Fotos</translation>
    </message>
    <message>
        <source>Weights for suggestions</source>
        <translation>Gewichte für Vorschläge</translation>
    </message>
    <message>
        <source>Weights for tra&amp;jectories</source>
        <translation>Gewichte für &amp;Bewegungsbahnen</translation>
    </message>
    <message>
        <source>Weights for trajectories</source>
        <translation>Gewichte für Bewegungsbahnen</translation>
    </message>
    <message>
        <source>What moves gets so much more fine detail, in films and previews to come</source>
        <translation>So viel mehr feine Einzelheiten bekommt, was sich bewegt, in künftigen Filmen und Vorschauen</translation>
    </message>
    <message>
        <source>When &amp;zoomed in, preview only the part in view</source>
        <translation>Bei vergrößerter &amp;Ansicht nur den sichtbaren Teil animieren</translation>
    </message>
    <message>
        <source>{edge} pixels</source>
        <translation>{edge} Bildpunkte</translation>
    </message>
</context>
<context>
    <name>Shaping</name>
    <message>
        <source>The brush did not touch the photo.</source>
        <translation>Der Pinsel hat das Foto nicht berührt.</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Add to the selection</source>
        <translation>Zur Auswahl hinzufügen</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Close the outline being drawn</source>
        <translation>Den begonnenen Umriss schließen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Cut out instead of adding</source>
        <translation>Ausschneiden statt hinzufügen</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Enter or double-click</source>
        <translation>Eingabe oder Doppelklick</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Give up what is being drawn</source>
        <translation>Begonnenes verwerfen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>Die Ansicht verschieben</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>Nach einem Befehl oder einer Taste suchen</translation>
    </message>
    <message>
        <source>Shift and click</source>
        <translation>Umschalt und Klick</translation>
    </message>
    <message>
        <source>Space and drag, or the middle button</source>
        <translation>Leertaste und Ziehen, oder mittlere Taste</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom where the pointer is</source>
        <translation>Am Zeiger vergrößern</translation>
    </message>
</context>
<context>
    <name>SmartOutline</name>
    <message>
        <source>Nothing stands out there: draw around it, or along the middle of it.</source>
        <translation>Dort hebt sich nichts ab: Zeichnen Sie darum herum oder durch seine Mitte.</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>The kept work on {photo} is damaged.</source>
        <translation>Die aufbewahrte Arbeit an {photo} ist beschädigt.</translation>
    </message>
    <message>
        <source>{name} has changed since this work was begun; Save will ask before replacing it.</source>
        <translation>{name} wurde geändert, seit diese Arbeit begann; Speichern fragt vor dem Ersetzen.</translation>
    </message>
    <message>
        <source>{name} has changed since this work was done.</source>
        <translation>{name} wurde geändert, seit diese Arbeit entstand.</translation>
    </message>
    <message>
        <source>{name} is gone; Save will write it anew.</source>
        <translation>{name} ist verschwunden; Speichern schreibt die Datei neu.</translation>
    </message>
    <message>
        <source>{photo} has {width} x {height} pixels now, the kept work is for {width2} x {height2}.</source>
        <translation>{photo} hat jetzt {width} x {height} Bildpunkte, die aufbewahrte Arbeit ist für {width2} x {height2}.</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message numerus="yes">
        <source>%n more cannot be read.</source>
        <translation>
            <numerusform>Ein weiteres ist unlesbar.</numerusform>
            <numerusform>%n weitere sind unlesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Bildpunkte</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Statistics of {folder}</source>
        <translation>Statistik von {folder}</translation>
    </message>
    <message>
        <source>{photos} photos: {done} done, {draft} draft, {untouched} untouched; {notes} with a note</source>
        <translation>{photos} Fotos: {done} fertig, {draft} Entwurf, {untouched} unberührt; {notes} mit Notiz</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Brush region</source>
        <translation>Bereich mit dem Pinsel</translation>
    </message>
    <message>
        <source>Ellipse region</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Lasso region</source>
        <translation>Bereich mit dem Lasso</translation>
    </message>
    <message>
        <source>Rectangle region</source>
        <translation>Rechteck</translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>Cannot write {path}: Save writes projects, this is for guidance.</source>
        <translation>{path} kann nicht geschrieben werden: Projekte schreibt „Speichern“, dies ist für Vorgaben.</translation>
    </message>
    <message>
        <source>{error} The photo was opened without it.</source>
        <translation>{error} Das Foto wurde ohne diese Datei geöffnet.</translation>
    </message>
    <message>
        <source>{name} belongs to another photo and was not opened.</source>
        <translation>{name} gehört zu einem anderen Foto und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>{name} has changed since {name2} was saved.</source>
        <translation>{name} wurde geändert, seit {name2} gespeichert wurde.</translation>
    </message>
    <message>
        <source>{obstacle} It was not overwritten: choose another name.</source>
        <translation>{obstacle} Die Datei wurde nicht überschrieben: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{path} is made for a photo of {width} x {height} pixels, but {name} has {width2} x {height2}.</source>
        <translation>{path} ist für ein Foto von {width} x {height} Bildpunkten, aber {name} hat {width2} x {height2}.</translation>
    </message>
</context>
<context>
    <name>Strokes</name>
    <message>
        <source>Cut hole</source>
        <translation>Loch schneiden</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>There is no region here to take anything from.</source>
        <translation>Hier ist kein Bereich, von dem sich etwas wegnehmen ließe.</translation>
    </message>
</context>
<context>
    <name>Suggesting</name>
    <message>
        <source>Blurred</source>
        <translation>Verwischt</translation>
    </message>
    <message>
        <source>Looking at the blur</source>
        <translation>Die Unschärfe wird untersucht</translation>
    </message>
    <message>
        <source>Nothing in this photo looks motion-blurred.</source>
        <translation>Nichts in diesem Foto sieht bewegungsunscharf aus.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Starting the network</source>
        <translation>Das Netz wird gestartet</translation>
    </message>
    <message>
        <source>Trying suggestions</source>
        <translation>Vorschläge werden ausprobiert</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>all {direction}</source>
        <translation>alles nach {direction}</translation>
    </message>
</context>
<context>
    <name>SuggestionStrip</name>
    <message>
        <source>Close the suggestions</source>
        <translation>Die Vorschläge schließen</translation>
    </message>
    <message>
        <source>Looking at what may move…</source>
        <translation>Es wird gesucht, was sich bewegen könnte …</translation>
    </message>
    <message>
        <source>Suggested animations</source>
        <translation>Vorgeschlagene Animationen</translation>
    </message>
    <message>
        <source>Suggested animations: click one to use its guidance</source>
        <translation>Vorgeschlagene Animationen: Ein Klick übernimmt die Vorgabe</translation>
    </message>
    <message>
        <source>Suggested animations: {found} so far…</source>
        <translation>Vorgeschlagene Animationen: bisher {found} …</translation>
    </message>
</context>
<context>
    <name>SwipePage</name>
    <message>
        <source>2  Swipe on what moved, the way it went</source>
        <translation>2  Über das wischen, was sich bewegt hat, in seiner Richtung</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>Animieren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Everything moved</source>
        <translation>Alles hat sich bewegt</translation>
    </message>
    <message>
        <source>One swipe over each thing that is blurred.</source>
        <translation>Ein Wisch über jedes Ding, das verwischt ist.</translation>
    </message>
    <message>
        <source>Photo: swipe on what moved</source>
        <translation>Foto: über das wischen, was sich bewegt hat</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Swipe on more, or press Animate.</source>
        <translation>Wischen Sie über mehr, oder drücken Sie „Animieren“.</translation>
    </message>
    <message>
        <source>The camera moved: swipe the way the picture went</source>
        <translation>Die Kamera hat sich bewegt: Wischen Sie so, wie das Bild lief</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>Theatre</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Film in full screen</source>
        <translation>Film im Vollbild</translation>
    </message>
</context>
<context>
    <name>Thumbnail</name>
    <message>
        <source>Suggestion {number}: {title}</source>
        <translation>Vorschlag {number}: {title}</translation>
    </message>
    <message>
        <source>Use this guidance: {title}</source>
        <translation>Diese Vorgabe übernehmen: {title}</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Making thumbnails</source>
        <translation>Miniaturbilder werden erstellt</translation>
    </message>
</context>
<context>
    <name>TimeLegend</name>
    <message>
        <source>Colours from the first instant to the last</source>
        <translation>Farben vom ersten Augenblick bis zum letzten</translation>
    </message>
    <message>
        <source>first</source>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Width of the brush ([ and ])</source>
        <translation>Breite des Pinsels ([ und ])</translation>
    </message>
    <message>
        <source>Width of the brush in photo pixels</source>
        <translation>Breite des Pinsels in Bildpunkten des Fotos</translation>
    </message>
</context>
<context>
    <name>Tracing</name>
    <message>
        <source>Starting the network</source>
        <translation>Das Netz wird gestartet</translation>
    </message>
    <message>
        <source>Tracing trajectories</source>
        <translation>Bewegungsbahnen verfolgen</translation>
    </message>
</context>
<context>
    <name>TrajectoryExport</name>
    <message>
        <source>Arrays (*.npz)</source>
        <translation>Felder (*.npz)</translation>
    </message>
    <message>
        <source>Export trajectories</source>
        <translation>Bewegungsbahnen exportieren</translation>
    </message>
    <message>
        <source>Lines alone (*.svg)</source>
        <translation>Nur Linien (*.svg)</translation>
    </message>
    <message>
        <source>Photo with lines (*.png)</source>
        <translation>Foto mit Linien (*.png)</translation>
    </message>
    <message>
        <source>Saved the trajectories as {path}.</source>
        <translation>Die Bewegungsbahnen sind als {path} gespeichert.</translation>
    </message>
    <message>
        <source>The trajectories are still being traced.</source>
        <translation>Die Bewegungsbahnen werden noch verfolgt.</translation>
    </message>
    <message>
        <source>Writing trajectories</source>
        <translation>Bewegungsbahnen werden geschrieben</translation>
    </message>
</context>
<context>
    <name>TrajectoryLayer</name>
    <message>
        <source>Drawing trajectories</source>
        <translation>Bewegungsbahnen werden gezeichnet</translation>
    </message>
</context>
<context>
    <name>TrajectoryOverlay</name>
    <message>
        <source>Drawing trajectories</source>
        <translation>Bewegungsbahnen werden gezeichnet</translation>
    </message>
</context>
<context>
    <name>TrajectoryPanel</name>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Density of the trajectories</source>
        <translation>Dichte der Bewegungsbahnen</translation>
    </message>
    <message>
        <source>Export trajectories…</source>
        <translation>Bewegungsbahnen exportieren …</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Length of the trajectories</source>
        <translation>Länge der Bewegungsbahnen</translation>
    </message>
    <message>
        <source>Show the way of every pixel during the exposure (T)</source>
        <translation>Den Weg jedes Bildpunkts während der Belichtung zeigen (T)</translation>
    </message>
    <message>
        <source>Trajectories over photo</source>
        <translation>Bewegungsbahnen über dem Foto</translation>
    </message>
    <message>
        <source>Write them over the photo, as lines, or as arrays</source>
        <translation>Über das Foto, als Linien oder als Felder schreiben</translation>
    </message>
    <message>
        <source>{length} times as long as the real way</source>
        <translation>{length}-mal so lang wie der wirkliche Weg</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message numerus="yes">
        <source>%n file(s) of these names exist already. Replace them? No writes the others only.</source>
        <translation>
            <numerusform>Eine Datei dieses Namens ist schon vorhanden. Ersetzen? „Nein“ schreibt nur die anderen.</numerusform>
            <numerusform>%n Dateien dieser Namen sind schon vorhanden. Ersetzen? „Nein“ schreibt nur die anderen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of this folder have labels already. Replace their regions? No leaves those photos as they are.</source>
        <translation>
            <numerusform>Ein Foto dieses Ordners hat schon Markierungen. Seine Bereiche ersetzen? „Nein“ lässt das Foto, wie es ist.</numerusform>
            <numerusform>%n Fotos dieses Ordners haben schon Markierungen. Ihre Bereiche ersetzen? „Nein“ lässt diese Fotos, wie sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>COCO JSON (*.json)</source>
        <translation>COCO-JSON (*.json)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Markierungen exportieren</translation>
    </message>
    <message>
        <source>F&amp;rom</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>File or folder of the labels</source>
        <translation>Datei oder Ordner der Markierungen</translation>
    </message>
    <message>
        <source>Format of the labels</source>
        <translation>Format der Markierungen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Markierungen importieren</translation>
    </message>
    <message>
        <source>Labels are matched with the photos of “{folder}” by name and saved as projects beside them.</source>
        <translation>Markierungen werden den Fotos von „{folder}“ nach dem Namen zugeordnet und neben ihnen als Projekte gespeichert.</translation>
    </message>
    <message>
        <source>Replace?</source>
        <translation>Ersetzen?</translation>
    </message>
    <message>
        <source>The file exists already. Update it? Its other keys are kept.</source>
        <translation>Die Datei ist schon vorhanden. Aktualisieren? Ihre anderen Schlüssel bleiben erhalten.</translation>
    </message>
    <message>
        <source>The labels of all photos of “{folder}” are written.</source>
        <translation>Die Markierungen aller Fotos von „{folder}“ werden geschrieben.</translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>That was a tap: swipe along the way that it moved.</source>
        <translation>Das war ein Tippen: Wischen Sie den Weg entlang, den es sich bewegt hat.</translation>
    </message>
</context>
<context>
    <name>WatchPage</name>
    <message>
        <source>3  Watch</source>
        <translation>3  Ansehen</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Hold for the photo</source>
        <translation>Für das Foto gedrückt halten</translation>
    </message>
    <message>
        <source>Keep the film</source>
        <translation>Den Film behalten</translation>
    </message>
</context>
<context>
    <name>WeightsChooser</name>
    <message>
        <source>Choose weights</source>
        <translation>Gewichte wählen</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} wird gelesen …</translation>
    </message>
    <message>
        <source>Weights (*.safetensors);;All files (*)</source>
        <translation>Gewichte (*.safetensors);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>One motion-blurred photo in, one short, sharp film out.</source>
        <translation>Ein bewegungsunscharfes Foto hinein, ein kurzer, scharfer Film heraus.</translation>
    </message>
    <message>
        <source>Open a photo, clip or project…</source>
        <translation>Foto, Clip oder Projekt öffnen…</translation>
    </message>
    <message>
        <source>Open the sample {name}</source>
        <translation>Das Beispiel {name} öffnen</translation>
    </message>
    <message>
        <source>Open {name} again</source>
        <translation>{name} wieder öffnen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>Ein Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>or drop one anywhere on this window</source>
        <translation>oder irgendwo auf diesem Fenster ablegen</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Regions, front first</source>
        <translation>Bereiche, vordere zuerst</translation>
    </message>
</context>
<context>
    <name>_Report</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
</TS>
