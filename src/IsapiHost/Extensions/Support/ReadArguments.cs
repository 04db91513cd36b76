using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_ASYNC_READ_CLIENT.</summary>
/// <param name="Buffer">What is to be filled; lent until the completion.</param>
/// <param name="Flags"><see cref="HSE_IO"/>.</param>
internal readonly record struct ReadArguments(CallerMemory Buffer, uint Flags);
