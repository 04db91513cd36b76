using System.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Output;
using IsapiHost.Cli.Testing;
using IsapiHost.Testing.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace IsapiHost.Cli.Recording;

/// <summary>
/// <c>isapihost record --target URL --out DIR</c>: writes the traffic with a running server as <c>.http</c> and <c>.expected</c> files.
/// </summary>
internal static class RecordCommand
{
    private const string DefaultUrl = "http://localhost:8081";

    public static Command Create()
    {
        Option<string> target = new("--target")
        {
            HelpName = "URL",
            Description = "The server to send to, such as the old IIS.",
            Required = true,
        };
        Option<string> folder = new("--out")
        {
            HelpName = "DIR",
            Description = "The folder for the .http and .expected files.",
            Required = true,
        };
        Option<string[]> urls = new("--urls") { HelpName = "URL", Description = $"Where to listen. Repeatable. [default: {DefaultUrl}]" };
        Option<bool> keep = new("--keep-credentials")
        {
            Description = "Write Authorization, cookies and passwords as they are, instead of masking them.",
        };
        TrustOptions trust = new();
        Command command = new("record",
            "Forwards requests to a running server, and writes each with its response as a pair of files for isapihost test. "
            + "Ctrl+C ends it.")
        {
            target, folder, urls, keep, trust.CaCert, trust.Insecure,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(target)!, parsed.GetValue(folder)!, parsed.GetValue(urls) ?? [], parsed.GetValue(keep),
            faults => TrustOptions.Read(parsed.GetValue(trust.CaCert), parsed.GetValue(trust.Insecure), faults),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string target, string folder, string[] urls, bool keepCredentials, Func<List<string>, ServerTrust> readTrust,
        CancellationToken cancellation)
    {
        List<string> faults = [];
        var server = ServerUrl.Parse("--target", target, faults);
        var trust = readTrust(faults);
        string[] listen = urls.Length > 0 ? urls : [DefaultUrl];
        var files = faults.Count == 0 ? RecordedFiles.Open(folder, faults) : null;
        if (server is null || files is null)
        {
            ErrorOutput.Write(faults);
            return ExitCode.WrongConfiguration;
        }

        Terminal terminal = new(Console.Out);
        ExchangeWriter writer = new(files, server, keepCredentials);
        await using var app = ForwardingServer.Create(
            server, trust, listen, (exchange, address) => Record(writer, exchange, address, terminal));
        app.StopOnHangup();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (StartFailure.Explain(e, listen) is { } failure)
        {
            ErrorOutput.Write([failure.Sentence]);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }

        foreach (string address in app.Urls)
        {
            terminal.WriteLine($"Now listening on: {address}");
        }

        terminal.WriteLine($"Requests go to {server} and, with the responses, into {files.Folder}");
        await app.WaitForShutdownAsync(cancellation);
        return ExitCode.Stopped;
    }

    private static void Record(ExchangeWriter writer, Exchange exchange, string baseAddress, Terminal terminal)
    {
        try
        {
            string file = writer.Write(exchange, baseAddress);
            lock (terminal)
            {
                // Without the query, which may hold what the files mask.
                terminal.WriteLine($"{exchange.Response.Status} {exchange.Method} {exchange.Target.Split('?')[0]} -> {file}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ErrorOutput.Write([$"--out: an exchange was not written ({e.Message.TrimEnd('.')}). Make room, or make the folder writable."]);
        }
    }
}
