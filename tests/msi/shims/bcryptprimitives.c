/* Test-only stand-in for bcryptprimitives.dll, absent from Wine 8: programs in Rust take their random numbers from it.
 * Never shipped. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
