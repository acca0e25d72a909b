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
        <source>Guidance from a neighbouring photo…</source>
        <translation>Vorgabe aus einem Nachbarfoto…</translation>
    </message>
    <message>
        <source>Guidance from the photo&apos;s own clip</source>
        <translation>Vorgabe aus dem Clip im Foto</translation>
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
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
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
        <source>, the film {seconds:.1f} s</source>
        <translation>, der Film {seconds:.1f} s</translation>
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
        <source>{count} frames at {fps:g} a second, one round {round:.1f} s</source>
        <translation>{count} Bilder bei {fps:g} pro Sekunde, eine Runde {round:.1f} s</translation>
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
        <source>re-blurs to the photo at {psnr:.1f} dB, {percent:.1f} % off</source>
        <translation>ergibt gemittelt das Foto auf {psnr:.1f} dB, {percent:.1f} % daneben</translation>
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
    <name>SettingsDialog</name>
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
        <translation>{error} Das Foto wurde ohne es geöffnet.</translation>
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
        <source>{length:g} times as long as the real way</source>
        <translation>{length:g}-mal so lang wie der wirkliche Weg</translation>
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
