using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>
/// The response of a child request: its head becomes the head of the parent's answer if that has none yet, its body goes the way of what the
/// parent writes.
/// </summary>
/// <remarks>
/// Not the same object as the body feature: that identity is how <see cref="DirectPath"/> knows Kestrel's own response, which a child must
/// not take for its own.
/// </remarks>
internal sealed class ChildResponse(ResponseWriter answer, ChildCall call, bool lengthCounts) : IHttpResponseFeature, IChildResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _onCompleted = new();
    private ResponseHead? _head;
    private volatile bool _isOver;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; private set; }

    /// <summary>Bytes of the body so far.</summary>
    public long BytesWritten { get; private set; }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        if (HasStarted)
        {
            throw new InvalidOperationException("The response has started already.");
        }

        _onStarting.Push((callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    /// <summary>Hands the head over, once.</summary>
    public async ValueTask StartAsync()
    {
        if (HasStarted)
        {
            return;
        }

        while (_onStarting.TryPop(out var starting))
        {
            await starting.Callback(starting.State);
        }

        HasStarted = true;
        if (!call.WithoutHead)
        {
            StatusCode = call.Status ?? StatusCode;
            var head = ChildHead.Read(this);
            _head = lengthCounts ? head : head with { ContentLength = null };
            await answer.SendHeadAsync(_head);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        // The parent's answer may serve another request by now.
        ObjectDisposedException.ThrowIf(_isOver, this);
        await StartAsync();
        BytesWritten += data.Length;
        await answer.WriteAsync(data);
    }

    /// <summary>Nothing more comes from the child.</summary>
    public async Task EndAsync()
    {
        _isOver = true;
        if (_head is not null)
        {
            await answer.ForgetLengthAsync(_head);
        }

        while (_onCompleted.TryPop(out var completed))
        {
            await completed.Callback(completed.State);
        }
    }
}
