namespace IsapiHost.Transport;

/// <summary>Stands on a connection whose bytes raw filters want to see: nothing may be sent past them.</summary>
internal interface IRawFilterFeature
{
}
