"""Twenty thousand spoilt packs: each is a pack or a refusal, in 200 ms of one core and 64 MiB."""

from tests.soak.mutated import read_all

JOBS = [(number, 1_000) for number in range(20)]
MIB = 1024 * 1024


def test_no_mutated_pack_takes_long_or_much_or_falls_over(cores, record_property):
    done = list(cores.map(read_all, JOBS))

    read = sum(packs for packs, *_ in done)
    refused = sum(refusals for _, refusals, *_ in done)
    slowest = max(seconds for *_, seconds, _ in done)
    most = max(peak for *_, peak in done)
    record_property(
        "figures",
        {
            "Mutated packs": {"read": read, "of them refused": refused},
            "The most that one took": {"ms of CPU": round(1000 * slowest, 1), "MiB": round(most / MIB, 1)},
        },
    )
    assert read >= 20_000
    assert slowest <= 0.2
    assert most <= 64 * MIB
