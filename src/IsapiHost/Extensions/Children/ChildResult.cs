using IsapiHost.Transport;

namespace IsapiHost.Extensions.Children;

/// <summary>How a child request ended: what HSE_REQ_GET_EXEC_URL_STATUS tells, and the completion.</summary>
/// <param name="Status">The child's HTTP status; 500 when it failed.</param>
/// <param name="Transfer">The bytes of its body, and a Win32 error when it failed.</param>
internal sealed record ChildResult(int Status, TransferResult Transfer);
