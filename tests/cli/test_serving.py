"""The process gunicorn runs: a long answer is sent whole, though it takes longer than a silent process may live."""

from portal.cli.serving import Alive


def test_each_piece_is_a_sign_of_life_and_the_end_is_passed_on():
    signs = []

    class Pieces:
        closed = False

        def __iter__(self):
            return iter([b"a", b"b"])

        def close(self):
            self.closed = True

    pieces = Pieces()
    answer = Alive(pieces, lambda: signs.append(1))
    assert b"".join(answer) == b"ab"
    assert len(signs) == 2
    answer.close()
    assert pieces.closed
    Alive([b""], lambda: None).close()
