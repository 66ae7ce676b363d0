#!/bin/sh
# Makes the certificates of the MLLP tests anew. They are for tests only: keys and all lie in the repository.
# The good ones are valid until 2099; the names and the organisations are invented.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
long=20990101000000Z

authority() { # name
    openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"
    openssl req -x509 -new -key "$work/$1.key" -subj "/O=Test only/CN=$1" -days 25000 -out "$1.pem" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"
}

certificate() { # authority, name, common name, alternative names, serial, start, end
    openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$2.key"
    openssl req -new -key "$2.key" -subj "/O=Test only/CN=$3" -out "$work/$2.csr"
    : > "$work/index"
    echo "$5" > "$work/serial"
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\nO=optional\nCN=supplied\n[e]\n%s\n' \
        "$work" "$work" "$work" "${4:+subjectAltName=$4}" > "$work/ca.cnf"
    openssl ca -batch -notext -config "$work/ca.cnf" -extensions e -cert "$1.pem" -keyfile "$work/$1.key" \
        -in "$work/$2.csr" -startdate "$6" -enddate "$7" -out "$2.pem"
}

authority authority
authority stranger
certificate authority server "mllp server" "DNS:localhost,IP:127.0.0.1" 1001 20200101000000Z $long
certificate authority server-renewed "mllp server" "DNS:localhost,IP:127.0.0.1" 1002 20200101000000Z 20980101000000Z
certificate authority hospital "ZX901 feed" "DNS:feed.zx901.test,URI:urn:test:zx901" 1003 20200101000000Z $long
certificate authority other-hospital "ZX902 feed" "" 1004 20200101000000Z $long
certificate authority expired "ZX901 feed" "" 1005 20200101000000Z 20210101000000Z
certificate authority not-yet-valid "ZX901 feed" "" 1006 20980101000000Z $long
certificate authority revoked "ZX901 feed" "" 1007 20200101000000Z $long
certificate stranger forged "ZX901 feed" "" 1008 20200101000000Z $long
