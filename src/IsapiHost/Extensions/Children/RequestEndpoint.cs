using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>The endpoint that routing chooses for a child, beside that of its parent.</summary>
internal sealed class RequestEndpoint : IEndpointFeature
{
    public Endpoint? Endpoint { get; set; }
}
