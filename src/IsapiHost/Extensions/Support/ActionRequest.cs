using IsapiHost.Interop;
using IsapiHost.Threading;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>A request that gives nothing back but success or failure.</summary>
internal sealed class ActionRequest<TArguments>(uint number, string name) : DecodedRequest<TArguments>(number, name)
    where TArguments : allows ref struct
{
    /// <summary>Does it. What is needed after the first wait must be copied from the arguments before, but for <see cref="CallerMemory"/>.</summary>
    public required Func<ExtensionRequest, TArguments, ValueTask<Win32Error>> Handle { get; init; }

    public override Win32Error Call(ExtensionRequest request, SupportPointers pointers, ref CallRecorder? traced) =>
        TryBegin(request, pointers, out var arguments, ref traced) ? SyncOverAsync.For(Handle(request, arguments)) : Win32Error.INVALID_PARAMETER;
}
