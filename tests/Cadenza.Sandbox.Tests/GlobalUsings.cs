global using System.Text.Json;
global using Cadenza.Client.Tests.Support;
global using Cadenza.Sandbox.Tests.Support;
global using Microsoft.Extensions.Time.Testing;
global using Xunit;
