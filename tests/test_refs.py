from bisect_ml.refs import short_ref, some_refs


def test_only_full_shas_are_shortened() -> None:
    assert short_ref("0123456789abcdef" * 2 + "01234567") == "0123456789"
    assert short_ref("0123456789ABCDEF" * 4) == "0123456789"
    assert short_ref("0123456789ab") == "0123456789ab"
    assert (
        short_ref("release/2026-03-04-with-a-name-of-forty-c") == "release/2026-03-04-with-a-name-of-forty-c"
    )


def test_three_names_stand_for_many() -> None:
    assert some_refs(["a", "b", "a"]) == "a, b"
    assert some_refs(["d", "c", "b", "a"]) == "d, c, b, …"
