using System.Globalization;
using IsapiHost.Testing;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Sending;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Testing;

/// <summary>What <c>test</c> was told to do, all checked.</summary>
internal sealed record TestSettings
{
    private const int LongestTimeout = 86_400;
    private const int MostRetries = 1_000;

    /// <summary>The modules under test; not used where there is a target.</summary>
    public required TestModules Modules { get; init; }

    /// <summary>The server to send to instead.</summary>
    public Uri? Target { get; private init; }

    /// <summary>Whose certificates the target may have.</summary>
    public required ServerTrust Trust { get; init; }

    /// <summary>The <c>.http</c> files in the order given, those of a folder by name.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<Uri> Origins { get; init; }

    /// <summary>How long to wait for a response; null for the default.</summary>
    public TimeSpan? Timeout { get; private init; }

    public int Retries { get; private init; }

    /// <summary>Which requests are sent; null for all.</summary>
    public NameFilter? Filter { get; private init; }

    /// <summary>What needs no check.</summary>
    public required TestArguments Arguments { get; init; }

    /// <exception cref="BadTestInputException">Something is wrong; every fault is named.</exception>
    public static TestSettings Create(TestArguments arguments)
    {
        List<string> faults = [];
        var first = arguments.Inputs[0];
        var module = TestFiles.AreNamedBy(first) ? null : first;
        var files = TestFiles.Expand(arguments.Inputs.Skip(module is null ? 0 : 1), faults);
        var modules = TestModules.Read(module, arguments, faults);
        if (!modules.Any && arguments.Target is null)
        {
            faults.Add($"test: the first argument, '{first}', is no module. "
                + "Write isapihost test ./ext.dll FILES, or name a server with --target.");
        }

        if (files.Length == 0 && faults.Count == 0)
        {
            faults.Add("test: there is no .http file to send. Name files or a folder after the module.");
        }

        TestSettings settings = new()
        {
            Arguments = arguments,
            Modules = modules,
            Target = arguments.Target is { } target ? ServerUrl.Parse("--target", target, faults) : null,
            Trust = TrustOptions.Read(arguments.CaCert, arguments.Insecure, faults),
            Files = files,
            Variables = ReadVariables(arguments, modules.Name, faults),
            Origins = [.. arguments.Origins.Select(origin => ServerUrl.Parse("--origin", origin, faults)).OfType<Uri>()],
            Timeout = ReadTimeout(arguments.Timeout, faults),
            Retries = ReadRetries(arguments.Retry, faults),
            Filter = arguments.Name is null ? null : new NameFilter(arguments.Name),
        };
        return faults.Count == 0 ? settings : throw new BadTestInputException(faults);
    }

    /// <summary>Hands the modules to the host.</summary>
    public void AddTo(IsapiTestHostOptions options)
    {
        options.LogLevel = LogLevel.Warning;
        options.ClientTimeout = Timeout ?? options.ClientTimeout;
        Modules.AddTo(options);
    }

    /// <summary>The client for <see cref="Target"/>.</summary>
    public HttpClient CreateClient()
    {
        HttpClient client = new(PlainHttpHandler.Create(Trust)) { BaseAddress = Target };
        client.Timeout = Timeout ?? client.Timeout;
        return client;
    }

    public HttpFileRunner CreateRunner(HttpClient client, IsapiTestHost? host, IProgress<HttpFileRequestReport> progress) => new(client)
    {
        Host = host,
        Filter = request => Filter?.Takes(request) != false,
        Update = Arguments.Update,
        Variables = Variables,
        Environment = Arguments.Environment,
        Origins = Origins,
        Retries = Retries,
        IgnoredHeaders = IgnoredHeaders.Default.With(Arguments.IgnoredHeaders),
        Progress = progress,
    };

    private static Dictionary<string, string> ReadVariables(TestArguments arguments, string? module, List<string> faults)
    {
        Dictionary<string, string> variables = module is null ? [] : new() { ["module"] = module };
        foreach (var pair in arguments.Variables.Select(variable => variable.Split('=', 2)))
        {
            if (pair.Length == 2 && pair[0].Length > 0)
            {
                variables[pair[0]] = pair[1];
            }
            else
            {
                faults.Add($"--set {pair[0]}: this sets no variable. Write --set NAME=VALUE.");
            }
        }

        return variables;
    }

    private static TimeSpan? ReadTimeout(string? text, List<string> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0.001 and <= LongestTimeout)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        faults.Add($"--timeout {text}: write a number of seconds, from 0.001 to {LongestTimeout}.");
        return null;
    }

    private static int ReadRetries(string? text, List<string> faults)
    {
        var count = 0;
        if (text is not null && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MostRetries))
        {
            faults.Add($"--retry {text}: write a whole number, from 0 to {MostRetries}.");
        }

        return count;
    }
}
