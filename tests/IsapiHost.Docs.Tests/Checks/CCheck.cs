namespace IsapiHost.Docs.Tests.Checks;

/// <summary>Compiles C, for Linux and, where mingw-w64 is installed, for Windows.</summary>
internal static class CCheck
{
    private const string Arguments = "-Wall -Wextra -Werror -Wno-unused -fsyntax-only -I src/include";

    public static string Command(string file) =>
        $"gcc {Arguments} '{file}'; ! command -v x86_64-w64-mingw32-gcc >/dev/null || x86_64-w64-mingw32-gcc {Arguments} '{file}'";
}
