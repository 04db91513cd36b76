using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>Writes the value of one variable. Writing nothing means the empty string.</summary>
internal delegate void VariableSource(RequestView view, ref VariableWriter writer);
