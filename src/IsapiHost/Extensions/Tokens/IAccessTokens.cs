using IsapiHost.Interop;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Tokens;

/// <summary>The access tokens that extensions ask for. Each answer is a Win32 error code, 0 for success.</summary>
internal interface IAccessTokens
{
    /// <summary>HSE_REQ_GET_IMPERSONATION_TOKEN: stays the host's, and good until the request is over.</summary>
    Win32Error Borrow(HttpContext context, out nint token);

    /// <summary>HSE_REQ_GET_ANONYMOUS_TOKEN: belongs to the extension, which closes it.</summary>
    Win32Error DuplicateAnonymous(out nint token);
}
