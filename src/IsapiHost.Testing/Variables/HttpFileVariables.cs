using System.Text.RegularExpressions;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing.Variables;

/// <summary>
/// Fills <c>{{variables}}</c> in. The first of these that knows a name decides: the run (<c>host</c>, <c>module</c>, <c>--set</c>), what was
/// captured from earlier responses, the file, the environment file, and then <c>$guid</c> and its like.
/// </summary>
internal sealed partial class HttpFileVariables
{
    private const int DeepestReference = 20;

    private readonly HttpFile _file;
    private readonly IReadOnlyDictionary<string, string> _predefined;
    private readonly EnvironmentFile _environment;
    private readonly SentRequests _sent;
    private readonly Dictionary<string, HttpFileVariable> _own = new(StringComparer.Ordinal);
    private readonly Lazy<DotEnvFile> _dotEnv;

    /// <param name="file">The file.</param>
    /// <param name="predefined">What the run knows better than the file, such as <c>host</c>: a definition in the file serves editors only.</param>
    /// <param name="environment">The variables of the environment file.</param>
    /// <param name="sent">What was sent before.</param>
    public HttpFileVariables(HttpFile file, IReadOnlyDictionary<string, string> predefined, EnvironmentFile environment, SentRequests sent)
    {
        _file = file;
        _predefined = predefined;
        _environment = environment;
        _sent = sent;
        _dotEnv = new Lazy<DotEnvFile>(() => DotEnvFile.Find(file.Path));
        foreach (var variable in file.Variables)
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

        if (_predefined.TryGetValue(name, out var predefined))
        {
            return predefined;
        }

        if (_sent.Captured(name) is { } captured)
        {
            return captured;
        }

        if (_own.TryGetValue(name, out var variable))
        {
            return Fill(variable.Value, variable.Line, depth + 1);
        }

        return _environment[name] is { } shared ? Fill(shared, line, depth + 1) : Computed(name, line, depth);
    }

    private string Computed(string name, int line, int depth)
    {
        try
        {
            return SentRequests.IsReference(name) ? _sent.Value(name)
                : FromProcess(name, line, depth) ?? FromDotEnv(name, line, depth) ?? DynamicVariables.Value(name)
                ?? throw new HttpFileException(_file.Path, line, $"the variable {{{{{name}}}}} is not defined",
                    $"Define it in the file with @{name.TrimStart('$')} = value, or give it by --set {name.TrimStart('$')}=VALUE; "
                    + $"{{{{host}}}}, {{{{module}}}}, $processEnv NAME, $dotenv NAME, {DynamicVariables.Names} are known.");
        }
        catch (FormatException e)
        {
            throw new HttpFileException(_file.Path, line, $"{{{{{name}}}}} has no value", Sentence(e.Message), e);
        }
    }

    private string? FromProcess(string name, int line, int depth) => Named(name, "$processEnv", "$env.", line, depth) is not { } key ? null
        : Environment.GetEnvironmentVariable(key)
            ?? throw new HttpFileException(_file.Path, line, $"the environment variable {key} is not set", $"Set {key} before the run.");

    private string? FromDotEnv(string name, int line, int depth) => Named(name, "$dotenv", null, line, depth) is not { } key ? null
        : _dotEnv.Value[key]
            ?? throw new HttpFileException(_file.Path, line,
                _dotEnv.Value.Path is { } path ? $"'{path}' has no {key}" : "there is no .env file beside it, nor in a folder above", $"Write {key}=value there.");

    // REST Client: a name after % is that of a variable which holds the name.
    private string? Named(string reference, string word, string? prefix, int line, int depth)
    {
        if (prefix is not null && reference.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return reference[prefix.Length..];
        }

        return reference.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var key] && first.Equals(word, StringComparison.OrdinalIgnoreCase)
            ? key.StartsWith('%') ? Value(key[1..], line, depth + 1) : key
            : null;
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\{\{([^{}\r\n]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
