// Removes from a documentation file what is not visible outside of its assembly; the compiler documents internal members as well.
// Usage: dotnet run eng/keep-public-documentation.cs -- ASSEMBLY.dll DOCUMENTATION.xml…
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

var visible = Visible(args[0]);
foreach (var path in args[1..])
{
    var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
    document.Descendants("member").Where(member => !visible.Contains(NameOf((string)member.Attribute("name")!))).Remove();
    document.Save(path);
}

// Types as "A.B.C", members as "A.B.C::Name". Overloads share a name: an internal one beside a public one keeps its text.
static HashSet<string> Visible(string assembly)
{
    var names = new HashSet<string>();
    using (var file = new PEReader(File.OpenRead(assembly)))
    {
        MetadataReader reader = file.GetMetadataReader();
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => IsVisibleType(reader, type)))
        {
            string typeName = NameOfType(reader, type);
            names.Add(typeName);
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(IsVisibleMethod))
            {
                names.Add($"{typeName}::{reader.GetString(method.Name)}");
            }

            var fields = type.GetFields().Select(reader.GetFieldDefinition);
            foreach (var field in fields.Where(field => IsVisible(field.Attributes & FieldAttributes.FieldAccessMask)))
            {
                names.Add($"{typeName}::{reader.GetString(field.Name)}");
            }

            foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
            {
                PropertyAccessors accessors = property.GetAccessors();
                if ((!accessors.Getter.IsNil && IsVisibleMethod(reader.GetMethodDefinition(accessors.Getter)))
                    || (!accessors.Setter.IsNil && IsVisibleMethod(reader.GetMethodDefinition(accessors.Setter))))
                {
                    names.Add($"{typeName}::{reader.GetString(property.Name)}");
                }
            }

            foreach (EventDefinition happening in type.GetEvents().Select(reader.GetEventDefinition))
            {
                if (IsVisibleMethod(reader.GetMethodDefinition(happening.GetAccessors().Adder)))
                {
                    names.Add($"{typeName}::{reader.GetString(happening.Name)}");
                }
            }
        }
    }

    return names;
}

// "M:A.B.Name``1(System.String)" is the member Name of A.B.
static string NameOf(string id)
{
    string name = id.Substring(2).Split('(')[0].Split('~')[0];
    if (id[0] == 'T')
    {
        return name;
    }

    int generic = name.IndexOf("``", StringComparison.Ordinal);
    name = (generic < 0 ? name : name.Substring(0, generic)).Replace('#', '.');
    int dot = name.EndsWith("..ctor", StringComparison.Ordinal) ? name.Length - 6 : name.LastIndexOf('.');
    return $"{name.Substring(0, dot)}::{name.Substring(dot + 1)}";
}

static string NameOfType(MetadataReader reader, TypeDefinition type)
{
    string name = reader.GetString(type.Name);
    if (!type.GetDeclaringType().IsNil)
    {
        return $"{NameOfType(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
    }

    string space = reader.GetString(type.Namespace);
    return space.Length == 0 ? name : $"{space}.{name}";
}

static bool IsVisibleType(MetadataReader reader, TypeDefinition type)
{
    switch (type.Attributes & TypeAttributes.VisibilityMask)
    {
        case TypeAttributes.Public:
            return true;
        case TypeAttributes.NestedPublic:
        case TypeAttributes.NestedFamily:
        case TypeAttributes.NestedFamORAssem:
            return IsVisibleType(reader, reader.GetTypeDefinition(type.GetDeclaringType()));
        default:
            return false;
    }
}

static bool IsVisibleMethod(MethodDefinition method) => IsVisible((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask));

static bool IsVisible(FieldAttributes access) =>
    access == FieldAttributes.Public || access == FieldAttributes.Family || access == FieldAttributes.FamORAssem;
