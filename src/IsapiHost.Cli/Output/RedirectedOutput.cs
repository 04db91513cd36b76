using System.Text;

namespace IsapiHost.Cli.Output;

/// <summary>
/// Files and pipes get UTF-8 on Windows too, where they would get the console's code page and lose letters; a console keeps its own.
/// </summary>
internal static class RedirectedOutput
{
    public static void UseUtf8()
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            Console.SetOut(Utf8(Console.OpenStandardOutput()));
        }

        if (Console.IsErrorRedirected)
        {
            Console.SetError(Utf8(Console.OpenStandardError()));
        }
    }

    private static TextWriter Utf8(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
}
