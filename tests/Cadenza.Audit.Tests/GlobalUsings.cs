global using System.Globalization;
global using Cadenza.Audit.Report;
global using Cadenza.Audit.Tests.Support;
global using Cadenza.Client.Models;
global using Cadenza.Client.Tests.Support;
global using Cadenza.Commands.Tests.Support;
global using Xunit;
