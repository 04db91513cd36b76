using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Sending;

/// <summary>A request and what came of it.</summary>
/// <param name="Request">What was sent.</param>
/// <param name="Response">What was received; null if no whole response came.</param>
/// <param name="Failure">Why none came; null if one did.</param>
/// <param name="Duration">From the sending to the end of the body.</param>
internal sealed record Exchange(SentRequest Request, ReceivedResponse? Response, string? Failure, TimeSpan Duration);
