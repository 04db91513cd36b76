using System.Globalization;
using System.Text.RegularExpressions;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>Fills <c>{{variables}}</c> in: those that the run predefines, then the file's own, then <c>$processEnv</c> and its like.</summary>
internal sealed partial class HttpFileVariables
{
    private const int DeepestReference = 20;

    private readonly HttpFile _file;
    private readonly IReadOnlyDictionary<string, string> _predefined;
    private readonly Dictionary<string, HttpFileVariable> _own = new(StringComparer.Ordinal);

    /// <param name="file">The file.</param>
    /// <param name="predefined">What the run knows better than the file, such as <c>host</c>: a definition in the file serves editors only.</param>
    public HttpFileVariables(HttpFile file, IReadOnlyDictionary<string, string> predefined)
    {
        _file = file;
        _predefined = predefined;
        foreach (HttpFileVariable variable in file.Variables)
        {
            _own[variable.Name] = variable;
        }
    }

    /// <summary>The text with its variables filled in; what was filled in is not looked through again.</summary>
    /// <exception cref="HttpFileException">A variable is not defined.</exception>
    public string Fill(string text, int line) => Fill(text, line, 0);

    private string Fill(string text, int line, int depth) => Reference().Replace(text, match => Value(match.Groups[1].Value.Trim(), line, depth));

    private string Value(string name, int line, int depth)
    {
        if (depth > DeepestReference)
        {
            throw new HttpFileException(_file.Path, line, $"the variable {{{{{name}}}}} refers to itself", "Give one of the variables a plain value.");
        }

        if (_predefined.TryGetValue(name, out string? predefined))
        {
            return predefined;
        }

        if (_own.TryGetValue(name, out HttpFileVariable? variable))
        {
            return Fill(variable.Value, variable.Line, depth + 1);
        }

        return name.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["$processEnv", var key] => Environment.GetEnvironmentVariable(key)
                ?? throw new HttpFileException(_file.Path, line, $"the environment variable {key} is not set", $"Set {key} before the run."),
            ["$guid"] or ["$uuid"] => Guid.NewGuid().ToString(),
            ["$timestamp"] => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => throw new HttpFileException(_file.Path, line, $"the variable {{{{{name}}}}} is not defined",
                name.Contains(".response.", StringComparison.Ordinal)
                    ? "Answers to earlier requests cannot be used here: write the value itself."
                    : $"Define it before its use with @{name.TrimStart('$')} = value; {{{{host}}}}, {{{{module}}}}, {{{{$processEnv NAME}}}}, {{{{$guid}}}} and {{{{$timestamp}}}} are known."),
        };
    }

    [GeneratedRegex(@"\{\{([^{}\r\n]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
