"""``selon serve`` from the command line: where it listens, whom it refuses, that it ends."""

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from selon import cli


def refused(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["selon", "serve", *map(str, arguments), "--no-open"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return left.value.code, capsys.readouterr().err


def test_another_address_needs_a_password(monkeypatch, capsys, demo):
    monkeypatch.delenv("SELON_PASSWORD", raising=False)
    for host in ("0.0.0.0", "192.0.2.7", "ledger.example"):
        code, told = refused(monkeypatch, capsys, demo, "--host", host)
        assert code == 2 and "SELON_PASSWORD" in told


def test_a_port_in_use_is_said(monkeypatch, capsys, demo):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, told = refused(monkeypatch, capsys, demo, "--port", taken.getsockname()[1])
    assert code == 2 and "another --port" in told


def test_no_ledger_is_said(monkeypatch, capsys, tmp_path):
    code, told = refused(monkeypatch, capsys, tmp_path / "none")
    assert code == 1 and "none" in told


def test_it_serves_until_it_is_stopped(demo):
    command = [sys.executable, "-m", "selon", "serve", str(demo), "--port", "0", "--no-open", "--read-only"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as served:
        try:
            line = next(line for line in served.stderr if "http://" in line)
            address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert answer.status == 200 and b"selon" in answer.read()
        finally:
            served.send_signal(signal.SIGINT)
            served.wait(20)
        assert "Traceback" not in served.stderr.read()
