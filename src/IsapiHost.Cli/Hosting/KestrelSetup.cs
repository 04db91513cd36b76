using System.Text;
using IsapiHost.Cli.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Hosting;

/// <summary>The web server below the extensions.</summary>
internal static class KestrelSetup
{
    /// <summary>
    /// How header bytes become strings and back. Extensions read and write bytes: Latin-1 carries every one through unchanged,
    /// where UTF-8 would refuse or replace some.
    /// </summary>
    public static Encoding HeaderEncoding => Encoding.Latin1;

    /// <summary>Adds Kestrel as section <c>Kestrel</c> of the configuration describes it, listening where the settings say.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="urls">Where to listen; empty where the section or ASPNETCORE_URLS decides.</param>
    public static void AddKestrel(this WebApplicationBuilder builder, IReadOnlyList<string> urls)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            IConfigurationSection section = builder.Configuration.GetSection(KestrelSection.Name);
            kestrel.Configure(section);
            KestrelSection.Apply(section, kestrel);
            kestrel.RequestHeaderEncodingSelector = _ => HeaderEncoding;
            kestrel.ResponseHeaderEncodingSelector = _ => HeaderEncoding;
        });

        if (urls.Count > 0)
        {
            // What the user asked for in so many words wins over endpoints of section Kestrel.
            builder.WebHost.UseUrls([.. urls]).PreferHostingUrls(true);
        }
    }
}
