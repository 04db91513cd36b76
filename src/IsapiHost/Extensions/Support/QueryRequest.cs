using IsapiHost.Interop;
using IsapiHost.Threading;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>A request that gives something back.</summary>
/// <typeparam name="TArguments"><inheritdoc cref="DecodedRequest{TArguments}" path="/typeparam"/></typeparam>
/// <typeparam name="TResult">What it gives, as a value.</typeparam>
internal sealed class QueryRequest<TArguments, TResult>(uint number, string name) : DecodedRequest<TArguments>(number, name)
    where TArguments : allows ref struct
{
    /// <inheritdoc cref="ActionRequest{TArguments}.Handle"/>
    public required Func<ExtensionRequest, TArguments, ValueTask<SupportResult<TResult>>> Handle { get; init; }

    /// <summary>Writes the result into this process' memory; an error when it does not fit.</summary>
    public required ResultStore<TResult> Store { get; init; }

    /// <summary>The result of a success in a trace.</summary>
    public Func<TResult, string> DescribeResult { get; init; } = static _ => "";

    public override Win32Error Call(ExtensionRequest request, SupportPointers pointers, ref CallRecorder? traced)
    {
        if (!TryBegin(request, pointers, out var arguments, ref traced))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var result = SyncOverAsync.For(Handle(request, arguments));
        if (!result.HasValue)
        {
            return result.Error;
        }

        var stored = Store(pointers, result.Value!);
        var error = stored == Win32Error.SUCCESS ? result.Error : stored;
        traced?.End(error, error == Win32Error.SUCCESS ? DescribeResult(result.Value!) : "");
        return error;
    }
}
