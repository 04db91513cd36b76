# Builds the sample extension "hello" as a DLL and serves it on Windows.
#
#   eng\run.ps1                       builds with cl.exe (a Developer PowerShell) or with gcc of mingw-w64, whichever is found
#   eng\run.ps1 -Dll C:\legacy\x.dll  serves a DLL that you have
#
# Options behind these are passed on to isapihost: eng\run.ps1 --urls http://localhost:9000
param(
    [string] $Dll,
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Rest = @()
)

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot

if (-not $Dll) {
    $folder = Join-Path $root 'artifacts\native\win-x64'
    $source = Join-Path $root 'samples\extensions\hello.c'
    $Dll = Join-Path $folder 'hello.dll'
    New-Item -ItemType Directory -Force $folder | Out-Null

    $cl = Get-Command cl.exe -ErrorAction SilentlyContinue
    $gcc = 'x86_64-w64-mingw32-gcc.exe', 'gcc.exe' |
        ForEach-Object { Get-Command $_ -ErrorAction SilentlyContinue } | Select-Object -First 1
    if ($cl) {
        # The Windows SDK has its own httpext.h, and its prototypes export nothing by themselves.
        & $cl /nologo /LD /O2 /W4 "/Fo$folder\" "/Fe$Dll" $source /link /EXPORT:GetExtensionVersion /EXPORT:HttpExtensionProc
    }
    elseif ($gcc) {
        & $gcc -shared -O2 -Wall -static-libgcc -I (Join-Path $root 'src\include') -o $Dll $source
    }
    else {
        Write-Error ('No C compiler: open a "Developer PowerShell for Visual Studio" or install mingw-w64 (gcc on the PATH), ' +
            'or give a DLL that you have: eng\run.ps1 -Dll PATH')
    }

    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

dotnet build (Join-Path $root 'src\IsapiHost.Cli') -c Release -v quiet --nologo
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

$name = Split-Path -Leaf $Dll
Write-Host "`nTry it, from another terminal (the port is that of --urls, if you gave it):`n"
Write-Host "    curl.exe -i http://localhost:8080/$name/some/path?name=world`n"
dotnet (Join-Path $root 'artifacts\bin\IsapiHost.Cli\release\IsapiHost.Cli.dll') --dll $Dll @Rest
exit $LASTEXITCODE
