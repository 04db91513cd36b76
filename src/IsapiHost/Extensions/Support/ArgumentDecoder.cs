using IsapiHost.Interop;

namespace IsapiHost.Extensions.Support;

/// <summary>Makes values of a call's pointers; false when one is missing that must be there.</summary>
internal delegate bool ArgumentDecoder<TArguments>(SupportPointers pointers, ExtensionRequest request, out TArguments arguments)
    where TArguments : allows ref struct;

/// <summary>Writes a result to where the caller wants it.</summary>
internal delegate Win32Error ResultStore<TResult>(SupportPointers pointers, TResult result);
