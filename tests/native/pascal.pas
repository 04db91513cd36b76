{ A Free Pascal library: its runtime lets floating-point exceptions be raised from the moment it is loaded, as Delphi's does. }
library pascal;

{$mode objfpc}

type
  PVersion = ^TVersion;
  TVersion = record
    Version: LongWord;
    Description: array[0..255] of AnsiChar;
  end;

  PControlBlock = ^TControlBlock;
  TWriteClient = function(ConnID: Pointer; Buffer: Pointer; var Bytes: LongWord; Reserved: LongWord): LongInt; {$ifdef windows}stdcall;{$else}cdecl;{$endif}
  TControlBlock = record
    Size, Version: LongWord;
    ConnID: Pointer;
    Status: LongWord;
    LogData: array[0..79] of AnsiChar;
    Method, QueryString, PathInfo, PathTranslated: PAnsiChar;
    TotalBytes, AvailableBytes: LongWord;
    Data: Pointer;
    ContentType: PAnsiChar;
    GetServerVariable: Pointer;
    WriteClient: TWriteClient;
    ReadClient: Pointer;
    ServerSupportFunction: Pointer;
  end;

function GetExtensionVersion(Version: PVersion): LongInt; {$ifdef windows}stdcall;{$else}cdecl;{$endif}
begin
  Version^.Version := $00080000;
  Version^.Description := 'pascal: a library of Free Pascal'#0;
  Result := -1;
end;

function HttpExtensionProc(Block: PControlBlock): LongWord; {$ifdef windows}stdcall;{$else}cdecl;{$endif}
const
  Answer: AnsiString = 'HTTP/1.1 200 OK'#13#10'Content-Type: text/plain'#13#10#13#10'from Pascal'#10;
var
  Bytes: LongWord;
begin
  SetSSECSR($1900);
  Bytes := Length(Answer);
  Block^.WriteClient(Block^.ConnID, Pointer(Answer), Bytes, 0);
  Result := 1;
end;

exports GetExtensionVersion, HttpExtensionProc;

begin
end.
