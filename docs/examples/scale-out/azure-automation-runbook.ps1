<#
.SYNOPSIS
    Rotates one shard as an Azure Automation job on a Hybrid Runbook Worker.
.DESCRIPTION
    Start the runbook once per index, each on a separate worker, with the same Count and the same JournalFolder. Do not use an Azure sandbox:
    it has no persistent disk, interrupts jobs after three hours, and may run several jobs in one process.

    Requirements on the workers: PowerShell 7.4 or later; the modules CadenzaPS, Az.Accounts, and Az.KeyVault for all users; rotate-shard.ps1.
    Requirement in the Automation account: the credential asset that AssetName specifies, with the email and password of the Cadenza user.
    The managed identity of the worker must have permission to read the secrets of the vault. The names of the secrets are
    <CredentialId>-key, <CredentialId>-secret, and, if the venue requires one, <CredentialId>-passphrase.

    If the exit code of rotate-shard.ps1 is not 0, the job fails with an exception. Start it again with the same parameters to continue.
#>
param(
    # The index of the shard, starting at 0. A string, because an empty value must not become 0.
    [Parameter(Mandatory)] [string] $Index,

    # The number of shards.
    [Parameter(Mandatory)] [string] $Count,

    # The CSV file with the column CredentialId, the same file for all jobs.
    [Parameter(Mandatory)] [string] $Path,

    # A folder on a share that all workers can access. Use a new folder for each rotation.
    [Parameter(Mandatory)] [string] $JournalFolder,

    # Uat or Production.
    [Parameter(Mandatory)] [string] $Environment,

    # The Key Vault with the new keys.
    [Parameter(Mandatory)] [string] $VaultName,

    [string] $AssetName = 'Cadenza',

    [string] $Script = 'C:\Cadenza\rotate-shard.ps1'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $JournalFolder)) { throw "The folder $JournalFolder does not exist. Start the runbook on a Hybrid Runbook Worker that can access it. Nothing was sent." }

Import-Module CadenzaPS
$null = Connect-AzAccount -Identity
Connect-Cadenza -Environment $Environment -Credential (Get-AutomationPSCredential -Name $AssetName)
try {
    & $Script $Path -JournalFolder $JournalFolder -Index $Index -Count $Count -GetKey {
        $id = $_.CredentialId
        $keys = @{
            ApiKey    = (Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-key").SecretValue
            ApiSecret = (Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-secret").SecretValue
        }
        $passphrase = Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-passphrase"
        if ($passphrase) { $keys.ApiPassphrase = $passphrase.SecretValue }
        $keys
    }
    $code = $LASTEXITCODE
}
finally { Disconnect-Cadenza }
if ($code -ne 0) { throw "rotate-shard.ps1 ended with exit code $code." }
