using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>The limits of a child request are those of its parent, whose body and answer it uses: whoever sets others is not heard.</summary>
internal sealed class ParentLimits : IHttpMaxRequestBodySizeFeature, IHttpMinRequestBodyDataRateFeature, IHttpMinResponseDataRateFeature
{
    public static readonly ParentLimits Instance = new();

    public bool IsReadOnly => true;

    public long? MaxRequestBodySize
    {
        get => null;
        set => throw new InvalidOperationException("The limit of a child request's body cannot be changed.");
    }

    public MinDataRate? MinDataRate
    {
        get => null;
        set
        {
        }
    }
}
