<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>FolderCommands</name>
    <message numerus="yes">
        <source>All %n photo(s) of {folder} are done.</source>
        <translation>
            <numerusform>The only photo of {folder} is done.</numerusform>
            <numerusform>All %n photos of {folder} are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All photos listed are done; %n that are not listed wait.</source>
        <translation>
            <numerusform>All photos listed are done; %n that is not listed waits.</numerusform>
            <numerusform>All photos listed are done; %n that are not listed wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelCommands</name>
    <message numerus="yes">
        <source>%n file(s) kept as they were.</source>
        <translation>
            <numerusform>%n file kept as it was.</numerusform>
            <numerusform>%n files kept as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) converted.</source>
        <translation>
            <numerusform>%n photo converted.</numerusform>
            <numerusform>%n photos converted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have no labels.</source>
        <translation>
            <numerusform>%n photo has no labels.</numerusform>
            <numerusform>%n photos have no labels.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message numerus="yes">
        <source>%n region(s)</source>
        <translation>
            <numerusform>%n region</numerusform>
            <numerusform>%n regions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message numerus="yes">
        <source>%n more cannot be read.</source>
        <translation>
            <numerusform>%n more cannot be read.</numerusform>
            <numerusform>%n more cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message numerus="yes">
        <source>%n file(s) of these names exist already. Replace them? No writes the others only.</source>
        <translation>
            <numerusform>%n file of these names exists already. Replace it? No writes the others only.</numerusform>
            <numerusform>%n files of these names exist already. Replace them? No writes the others only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of this folder have labels already. Replace their regions? No leaves those photos as they are.</source>
        <translation>
            <numerusform>%n photo of this folder has labels already. Replace its regions? No leaves that photo as it is.</numerusform>
            <numerusform>%n photos of this folder have labels already. Replace their regions? No leaves those photos as they are.</numerusform>
        </translation>
    </message>
</context>
</TS>
