using System.CommandLine;

namespace IsapiHost.Cli.CommandLine;

/// <summary>The texts as typed: asking for typed values would throw while there are faults, and all faults are to be named.</summary>
internal static class ParseResultTexts
{
    public static string[] OptionTexts(this ParseResult parsed, Option option) =>
        [.. parsed.GetResult(option)?.Tokens.Select(token => token.Value) ?? []];

    public static string[] ArgumentTexts(this ParseResult parsed, Argument argument) =>
        [.. parsed.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []];
}
