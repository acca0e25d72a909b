<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Command</name>
    <message>
        <source>&amp;About Unspool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Animate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colours for colour-blind eyes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cut out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export film…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Guidance over photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Hidden from view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import guidance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Whole photo moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;ompare with the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the directions that everyone can tell apart; files keep theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut drawn shapes out of the selected region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag an ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag around what moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag inside a region the way it moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw roughly around or over what moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;raser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;guidance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ilm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lar&amp;ger brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One pixel for one pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One region for the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo or project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline what moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;revious frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play &amp;faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play s&amp;lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;name region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;mart outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select, move and reshape regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send &amp;backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wipe away from regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Direction</name>
    <message>
        <source>down-left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down-right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>static</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up-left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up-right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
