using System.Net.Sockets;
using System.Security.Cryptography;
using IsapiHost.Cli.Output;
using Microsoft.AspNetCore.Connections;

namespace IsapiHost.Cli.Hosting;

/// <summary>Why the server did not start, in a sentence with a remedy.</summary>
/// <param name="Sentence">For standard error.</param>
/// <param name="ExitCode">For the shell.</param>
internal sealed record StartFailure(string Sentence, int ExitCode)
{
    /// <summary>Explains an exception of the server's start; null where it is none of the known kinds.</summary>
    public static StartFailure? Explain(Exception exception, IReadOnlyList<string> urls)
    {
        string where = urls.Count > 0 ? string.Join(", ", urls) : "the addresses of section Kestrel or ASPNETCORE_URLS";
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressInUseException:
                    return new(
                        $"cannot listen on {where}: the address is in use. Stop the program that uses it, or choose another with --urls.",
                        Output.ExitCode.ServerFailed);
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return new($"cannot listen on {where}: not allowed. Ports below 1024 may need more rights; choose another with --urls.",
                        Output.ExitCode.ServerFailed);
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported }:
                    return new(
                        $"cannot listen on {where}: no such address on this machine. Choose another with --urls, such as http://*:8080.",
                        Output.ExitCode.ServerFailed);
                case SocketException:
                    return new($"cannot listen on {where}: {cause.Message}.", Output.ExitCode.ServerFailed);
            }
        }

        // Endpoints and certificates of section Kestrel are read when the server starts.
        return exception is InvalidOperationException or FormatException or IOException or CryptographicException or NotSupportedException
            ? new($"section Kestrel or --urls: {exception.Message.ReplaceLineEndings(" ")}", Output.ExitCode.WrongConfiguration)
            : null;
    }
}
