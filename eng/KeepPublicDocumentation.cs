using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>An MSBuild task that removes from a documentation file what is not visible outside of the assembly.</summary>
public class KeepPublicDocumentation : Task
{
    [Required]
    public string Assembly { get; set; }

    [Required]
    public string Documentation { get; set; }

    public override bool Execute()
    {
        HashSet<string> visible = Visible();
        XDocument document = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        document.Descendants("member").Where(member => !visible.Contains(NameOf((string)member.Attribute("name")))).Remove();
        document.Save(Documentation);
        return true;
    }

    // Types as "A.B.C", members as "A.B.C::Name". Overloads share a name: an internal one beside a public one keeps its text.
    private HashSet<string> Visible()
    {
        var names = new HashSet<string>();
        using (var file = new PEReader(File.OpenRead(Assembly)))
        {
            MetadataReader reader = file.GetMetadataReader();
            foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => IsVisible(reader, type)))
            {
                string typeName = NameOf(reader, type);
                names.Add(typeName);
                foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(method => IsVisible(method)))
                {
                    names.Add($"{typeName}::{reader.GetString(method.Name)}");
                }

                foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => IsVisible(field)))
                {
                    names.Add($"{typeName}::{reader.GetString(field.Name)}");
                }

                foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
                {
                    PropertyAccessors accessors = property.GetAccessors();
                    if ((!accessors.Getter.IsNil && IsVisible(reader.GetMethodDefinition(accessors.Getter)))
                        || (!accessors.Setter.IsNil && IsVisible(reader.GetMethodDefinition(accessors.Setter))))
                    {
                        names.Add($"{typeName}::{reader.GetString(property.Name)}");
                    }
                }

                foreach (EventDefinition happening in type.GetEvents().Select(reader.GetEventDefinition))
                {
                    if (IsVisible(reader.GetMethodDefinition(happening.GetAccessors().Adder)))
                    {
                        names.Add($"{typeName}::{reader.GetString(happening.Name)}");
                    }
                }
            }
        }

        return names;
    }

    // "M:A.B.Name``1(System.String)" is the member Name of A.B.
    private static string NameOf(string id)
    {
        string name = id.Substring(2).Split('(')[0].Split('~')[0];
        if (id[0] == 'T')
        {
            return name;
        }

        int generic = name.IndexOf("``", System.StringComparison.Ordinal);
        name = (generic < 0 ? name : name.Substring(0, generic)).Replace('#', '.');
        int dot = name.EndsWith("..ctor", System.StringComparison.Ordinal) ? name.Length - 6 : name.LastIndexOf('.');
        return $"{name.Substring(0, dot)}::{name.Substring(dot + 1)}";
    }

    private static string NameOf(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return $"{NameOf(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        }

        string space = reader.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type)
    {
        switch (type.Attributes & TypeAttributes.VisibilityMask)
        {
            case TypeAttributes.Public:
                return true;
            case TypeAttributes.NestedPublic:
            case TypeAttributes.NestedFamily:
            case TypeAttributes.NestedFamORAssem:
                return IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType()));
            default:
                return false;
        }
    }

    private static bool IsVisible(MethodDefinition method) => IsVisible((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask));

    private static bool IsVisible(FieldDefinition field) => IsVisible(field.Attributes & FieldAttributes.FieldAccessMask);

    private static bool IsVisible(FieldAttributes access) =>
        access == FieldAttributes.Public || access == FieldAttributes.Family || access == FieldAttributes.FamORAssem;
}
