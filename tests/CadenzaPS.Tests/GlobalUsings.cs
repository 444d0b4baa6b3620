global using System.Globalization;
global using System.Text.RegularExpressions;
global using Cadenza.Client.Models;
global using CadenzaPS.Tests.Support;
global using Xunit;
