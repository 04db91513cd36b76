namespace IsapiHost.Interop.Abi;

/// <summary>What SF_REQ_GET_PROPERTY can ask for: <c>enum SF_PROPERTY_IIS</c>.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF_PROPERTY
{
    public const uint SSL_CTXT = 0;

    /// <summary>The id of the site.</summary>
    public const uint INSTANCE_NUM_ID = 1;
}
