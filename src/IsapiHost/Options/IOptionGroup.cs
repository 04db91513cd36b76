using System.Diagnostics.CodeAnalysis;

namespace IsapiHost;

/// <summary>Options that configuration has under a name of their own. Binding and validation walk their properties, so trimming keeps them.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal interface IOptionGroup;
