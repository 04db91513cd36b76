using System.Diagnostics;
using System.Net;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Sending;

/// <summary>Sends the requests of one file and keeps its cookies.</summary>
internal sealed class RequestSender(HttpClient client, HttpFile file, HttpRequestBuilder builder)
{
    private readonly CookieContainer _cookies = new();

    /// <exception cref="HttpFileException">
    /// The request cannot be made of what is in the file, or there is no connection to the server: <see cref="IsUnreachable"/>.
    /// </exception>
    public async Task<Exchange> SendAsync(HttpFileRequest request, CancellationToken cancellationToken)
    {
        using var message = builder.Build(request);
        if (request.UsesCookies && !message.Headers.Contains("Cookie") && _cookies.GetCookieHeader(message.RequestUri!) is { Length: > 0 } cookies)
        {
            message.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        var sent = await SentAsync(message, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(client.Timeout); // the client's own limit ends with the head
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var received = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var response = await ReceivedResponse.ReadAsync(received, limit.Token);
            var duration = Stopwatch.GetElapsedTime(started);
            if (request.UsesCookies)
            {
                Keep(response, message.RequestUri!);
            }

            return new Exchange(sent, response, Failure: null, duration);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            throw Unreachable(request, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed($"it broke off ({FailureText.Of(e)})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"none came within {client.Timeout.TotalSeconds:0.###} seconds");
        }

        Exchange Failed(string failure) => new(sent, Response: null, failure, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Whether the server is what is missing: it may still be starting.</summary>
    public static bool IsUnreachable(HttpFileException exception) => exception.InnerException is HttpRequestException;

    private HttpFileException Unreachable(HttpFileRequest request, HttpRequestException cause) => new(
        file.Path, request.Line, $"{client.BaseAddress!.GetLeftPart(UriPartial.Authority)} cannot be reached ({FailureText.Of(cause)})",
        cause.HttpRequestError == HttpRequestError.SecureConnectionError
            ? "Name the server's certificate with --cacert FILE, or accept any with --insecure."
            : "Start the server, or correct its address.",
        cause);

    private static async Task<SentRequest> SentAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var headers = message.Headers.NonValidated.Concat(message.Content?.Headers.NonValidated ?? default(System.Net.Http.Headers.HttpHeadersNonValidated));
        return new SentRequest(
            message.Method.Method,
            message.RequestUri!,
            [.. headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value))],
            message.Content is null ? ReadOnlyMemory<byte>.Empty : await message.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private void Keep(ReceivedResponse response, Uri url)
    {
        foreach (var cookie in response.HeaderValues("Set-Cookie"))
        {
            try
            {
                _cookies.SetCookies(url, cookie);
            }
            catch (CookieException)
            {
                // A browser drops such a cookie too: another site's, or not well formed.
            }
        }
    }
}
