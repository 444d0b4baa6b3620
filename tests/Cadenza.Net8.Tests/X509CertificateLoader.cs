namespace System.Security.Cryptography.X509Certificates;

/// <summary>What the tests use of a class that .NET 9 introduced.</summary>
internal static class X509CertificateLoader
{
    public static X509Certificate2 LoadPkcs12(byte[] data, string? password) => new(data, password);
}
