namespace IsapiHost.Extensions.Support;

/// <summary>What HSE_REQ_GET_TRACE_INFO gives.</summary>
/// <param name="IsTraced">Whether tracing the request is of use.</param>
/// <param name="Id">The request's id, 16 bytes.</param>
internal readonly record struct TraceInfoResult(bool IsTraced, byte[] Id);
