namespace IsapiHost.Responses;

/// <summary>Marks the response feature of a child request (HSE_REQ_EXEC_URL), which goes through the response of its parent.</summary>
internal interface IChildResponseFeature;
