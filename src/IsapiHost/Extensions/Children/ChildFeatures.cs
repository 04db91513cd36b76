using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Extensions.Children;

/// <summary>
/// The features of a child request: its own for all that belongs to one request, and its parent's for the rest (connection, TLS, abort,
/// and what the application has attached).
/// </summary>
internal static class ChildFeatures
{
    public static FeatureCollection Create(ExtensionRequest parent, ChildCall call, Stream entity, long? length)
    {
        var context = parent.Context;
        var features = new FeatureCollection(context.Features);
        features.Set<IHttpRequestFeature>(Request(parent, call, entity, length));
        features.Set<IHttpRequestBodyDetectionFeature>(length == 0 ? BodyPresence.None : BodyPresence.Some);
        features.Set<IHttpMaxRequestBodySizeFeature>(ParentLimits.Instance);
        features.Set<IHttpMinRequestBodyDataRateFeature>(ParentLimits.Instance);
        features.Set<IHttpMinResponseDataRateFeature>(ParentLimits.Instance);
        features.Set<IHttpUpgradeFeature>(NoUpgrade.Instance);
        features.Set<IHttpExtendedConnectFeature>(NoUpgrade.Instance);
        features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = call.User ?? context.User });
        features.Set<IItemsFeature>(new ItemsFeature());
        features.Set<IEndpointFeature>(new RequestEndpoint());
        features.Set<IRouteValuesFeature>(new RouteValuesFeature());
        features.Set<IQueryFeature>(new QueryFeature(features));
        features.Set<IRequestCookiesFeature>(new RequestCookiesFeature(features));
        features.Set<IResponseCookiesFeature>(new ResponseCookiesFeature(features));
        features.Set(Depth(context, call));
        features.Set(Passed(parent, call));
        if (call.Url is { } url)
        {
            features.Set(new OriginalRequestLine(call.Method ?? context.Request.Method, url.Target));
        }

        return features;
    }

    /// <summary>What needs the child's context itself.</summary>
    public static void Complete(HttpContext child, IServiceProvider services)
    {
        child.Features.Set<IServiceProvidersFeature>(
            new RequestServicesFeature(child, services.GetRequiredService<IServiceScopeFactory>()));
        child.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(child));
        child.Features.Set<IFormFeature>(new FormFeature(child.Request));
    }

    private static HttpRequestFeature Request(ExtensionRequest parent, ChildCall call, Stream entity, long? length)
    {
        var request = parent.Context.Request;
        return new HttpRequestFeature
        {
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            Method = call.Method ?? request.Method,
            Path = call.Url?.Path.Value ?? parent.View.Path,
            QueryString = (call.Url?.Query ?? request.QueryString).Value ?? "",
            RawTarget = call.Url?.Target ?? parent.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = ChildHeaders.Of(request, call, length),
            Body = entity,
        };
    }

    private static RequestDepth Depth(HttpContext parent, ChildCall call)
    {
        var depth = RequestDepth.Below(parent);
        return (call.Flags & HSE_EXEC_URL.DISABLE_CUSTOM_ERROR) != 0 ? depth with { CustomErrors = false } : depth;
    }

    // "Wildcard handlers up to and including the caller": those before it have passed the request on already, or it would not run.
    // A wildcard that gives its own URL back can mean nothing else, with or without the flag.
    private static PassedMappings Passed(ExtensionRequest parent, ChildCall call)
    {
        var passesOn = parent.View.Mapping?.Kind == HandlerMappingKind.Wildcard
            && (call.Url is null || string.Equals(call.Url.Path.Value, parent.View.Path, StringComparison.OrdinalIgnoreCase));
        return passesOn || (call.Flags & HSE_EXEC_URL.IGNORE_CURRENT_INTERCEPTOR) != 0
            ? new PassedMappings(parent.View.Mapping, parent.Context.Features.Get<PassedMappings>())
            : PassedMappings.None;
    }
}
